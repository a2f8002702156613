// Connects one of the official TypeScript clients with a server over stdio. sdk1 is the client of 2025-11-25 and before;
// legacy, auto and modern are the one of 2026-07-28 in its three ways to connect.
export function connect(kind, command, args, onToolsChanged = () => {}) {
  return kind === 'sdk1' ? connectWithFirst(command, args, onToolsChanged) : connectWithSecond(kind, command, args, onToolsChanged);
}

async function connectWithFirst(command, args, onToolsChanged) {
  const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
  const { StdioClientTransport } = await import('@modelcontextprotocol/sdk/client/stdio.js');
  const { ToolListChangedNotificationSchema } = await import('@modelcontextprotocol/sdk/types.js');
  const client = new Client({ name: 'first', version: '1' });
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => onToolsChanged());
  const transport = new StdioClientTransport({ command, args, env: process.env });
  let revision;
  transport.setProtocolVersion = (agreed) => { revision = agreed; };
  await client.connect(transport);
  return { client, revision: () => revision };
}

async function connectWithSecond(kind, command, args, onToolsChanged) {
  const { Client } = await import('@modelcontextprotocol/client');
  const { StdioClientTransport } = await import('@modelcontextprotocol/client/stdio');
  const mode = kind === 'modern' ? { pin: '2026-07-28' } : kind;
  const client = new Client(
    { name: 'second', version: '1' },
    { versionNegotiation: { mode }, listChanged: { tools: { onChanged: () => onToolsChanged() } } },
  );
  await client.connect(new StdioClientTransport({ command, args, env: process.env }));
  return { client, revision: () => client.getNegotiatedProtocolVersion() };
}
