// One session of the official TypeScript client with a server over stdio: list, call, then an edit of a manifest that
// the server must tell of. Prints one line of JSON with what it saw.
//
//   node mcp-session.mjs sdk1|legacy|auto|modern TOOL NEW-MANIFEST MANIFEST COMMAND ARGUMENT…
//
// sdk1 is the client of 2025-11-25 and before; the others are the one of 2026-07-28 in its three ways to connect.
import { copyFileSync } from 'node:fs';

const [kind, tool, newManifest, manifest, command, ...args] = process.argv.slice(2);

let tellChanged;
const changed = new Promise((resolve) => { tellChanged = resolve; });

const session = kind === 'sdk1' ? await connectWithFirst() : await connectWithSecond();
const { client } = session;

const names = async () => (await client.listTools()).tools.map((listed) => listed.name);
const before = await names();
const result = await client.callTool({ name: tool, arguments: { message: 'hello ☃' } });
const refused = await client.callTool({ name: 'no_such_tool', arguments: {} }).then(() => null, (error) => error.code);
copyFileSync(newManifest, manifest);
await changed;
const after = await names();
console.log(JSON.stringify({ revision: session.revision(), server: client.getServerVersion()?.name, before, result, refused, after }));
await client.close();

async function connectWithFirst() {
  const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
  const { StdioClientTransport } = await import('@modelcontextprotocol/sdk/client/stdio.js');
  const { ToolListChangedNotificationSchema } = await import('@modelcontextprotocol/sdk/types.js');
  const client = new Client({ name: 'first', version: '1' });
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => tellChanged());
  const transport = new StdioClientTransport({ command, args, env: process.env });
  let revision;
  transport.setProtocolVersion = (agreed) => { revision = agreed; };
  await client.connect(transport);
  return { client, revision: () => revision };
}

async function connectWithSecond() {
  const { Client } = await import('@modelcontextprotocol/client');
  const { StdioClientTransport } = await import('@modelcontextprotocol/client/stdio');
  const mode = kind === 'modern' ? { pin: '2026-07-28' } : kind;
  const client = new Client(
    { name: 'second', version: '1' },
    { versionNegotiation: { mode }, listChanged: { tools: { onChanged: () => tellChanged() } } },
  );
  await client.connect(new StdioClientTransport({ command, args, env: process.env }));
  return { client, revision: () => client.getNegotiatedProtocolVersion() };
}
