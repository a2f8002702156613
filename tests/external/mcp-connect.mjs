// Connects one of the official TypeScript clients with a server: over stdio, or over HTTP where the command is a URL,
// with MCP_TOKEN of the environment. sdk1 is the client of 2025-11-25 and before; legacy, auto and modern are the one of
// 2026-07-28 in its three ways to connect.
export function connect(kind, command, args, onToolsChanged = () => {}) {
  return kind === 'sdk1' ? connectWithFirst(command, args, onToolsChanged) : connectWithSecond(kind, command, args, onToolsChanged);
}

async function connectWithFirst(command, args, onToolsChanged) {
  const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
  const { StdioClientTransport } = await import('@modelcontextprotocol/sdk/client/stdio.js');
  const { ToolListChangedNotificationSchema } = await import('@modelcontextprotocol/sdk/types.js');
  const client = new Client({ name: 'first', version: '1' });
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => onToolsChanged());
  const { StreamableHTTPClientTransport } = await import('@modelcontextprotocol/sdk/client/streamableHttp.js');
  const transport = transportOf(command, args, StdioClientTransport, StreamableHTTPClientTransport);
  let revision;
  const setProtocolVersion = transport.setProtocolVersion?.bind(transport);
  transport.setProtocolVersion = (agreed) => { revision = agreed; setProtocolVersion?.(agreed); };
  await client.connect(transport);
  return { client, revision: () => revision };
}

async function connectWithSecond(kind, command, args, onToolsChanged) {
  const { Client, StreamableHTTPClientTransport } = await import('@modelcontextprotocol/client');
  const { StdioClientTransport } = await import('@modelcontextprotocol/client/stdio');
  const mode = kind === 'modern' ? { pin: '2026-07-28' } : kind;
  const client = new Client(
    { name: 'second', version: '1' },
    { versionNegotiation: { mode }, listChanged: { tools: { onChanged: () => onToolsChanged() } } },
  );
  await client.connect(transportOf(command, args, StdioClientTransport, StreamableHTTPClientTransport));
  return { client, revision: () => client.getNegotiatedProtocolVersion() };
}

function transportOf(command, args, Stdio, Http) {
  return /^https?:/.test(command)
    ? new Http(new URL(command), { requestInit: { headers: { Authorization: `Bearer ${process.env.MCP_TOKEN}` } } })
    : new Stdio({ command, args, env: process.env });
}
