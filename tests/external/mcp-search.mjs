// Does one task with the search tools of a server: list, search, describe, call, and a call by the wrong call tool; with one
// of the official TypeScript clients. Prints one line of JSON with what it saw.
//
//   node mcp-search.mjs sdk1|legacy|auto|modern QUERY ARGUMENTS COMMAND-OR-URL ARGUMENT…
import { connect } from './mcp-connect.mjs';

const [kind, query, given, command, ...args] = process.argv.slice(2);
const { client, revision } = await connect(kind, command, args);
const call = async (name, input) => {
  const result = await client.callTool({ name, arguments: input });
  return { isError: result.isError === true, text: result.content[0].text };
};
const listed = (await client.listTools()).tools.map((tool) => tool.name);
const found = await call('search_tools', { query, limit: 1 });
const name = found.text.slice(0, found.text.indexOf('('));
const described = await call('describe_tools', { names: [name] });
const right = /call it with (\w+)/.exec(described.text)[1];
const called = await call(right, { name, arguments: JSON.parse(given) });
const refused = await call(listed.find((tool) => tool.startsWith('call_') && tool !== right), { name, arguments: JSON.parse(given) });
console.log(JSON.stringify({ revision: revision(), listed, name, right, described, called, refused }));
await client.close();
