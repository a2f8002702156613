// Lists the tools of a server over stdio, then calls each of the named ones, with one of the official TypeScript clients,
// which refuses an answer that does not fit an output schema that it has seen. Prints one line of JSON: by tool, the
// result or the client's error.
//
//   node mcp-answers.mjs sdk1|legacy|auto|modern TOOL,TOOL,… COMMAND ARGUMENT…
import { connect } from './mcp-connect.mjs';

const [kind, tools, command, ...args] = process.argv.slice(2);
const { client, revision } = await connect(kind, command, args);
const listed = (await client.listTools()).tools;
const answers = {};
for (const name of tools.split(',')) {
  answers[name] = await client.callTool({ name, arguments: {} }).then((result) => ({ result }), (error) => ({ error: error.message }));
}
console.log(JSON.stringify({ revision: revision(), schemas: listed.filter((tool) => tool.outputSchema).map((tool) => tool.name), answers }));
await client.close();
