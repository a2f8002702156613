// One session of the official TypeScript client with a server: list, call, then an edit of a manifest that
// the server must tell of. Prints one line of JSON with what it saw.
//
//   node mcp-session.mjs sdk1|legacy|auto|modern TOOL NEW-MANIFEST MANIFEST COMMAND-OR-URL ARGUMENT…
import { copyFileSync } from 'node:fs';
import { connect } from './mcp-connect.mjs';

const [kind, tool, newManifest, manifest, command, ...args] = process.argv.slice(2);

let tellChanged;
const changed = new Promise((resolve) => { tellChanged = resolve; });

const session = await connect(kind, command, args, () => tellChanged());
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
