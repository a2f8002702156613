import { pathName } from "../../data/api";
import { withQuery } from "../../data/api";

// Users set it; nothing that is copied holds a token.
const variable = "MCP_RUNTIME_TOKEN";

const urlOf = (tool: string, project: string): string =>
    location.origin + withQuery(`/v1/tools/${encodeURIComponent(tool)}`, { project });

// From standard input, since all users of a machine see the arguments of a program; printf is a part of the shell.
export function curl(tool: string, project: string, body: string): string {
    return [
        `printf 'Authorization: Bearer %s\\n' "$${variable}" |`,
        `curl --request POST ${inShell(urlOf(tool, project))}`,
        "--header @-",
        "--header 'Content-Type: application/json'",
        `--data ${inShell(body)}`,
    ].join(" \\\n  ");
}

export function powerShell(tool: string, project: string, body: string): string {
    return [
        `$call = @{`,
        `    Method      = 'Post'`,
        `    Uri         = ${inPowerShell(urlOf(tool, project))}`,
        `    Headers     = @{ Authorization = "Bearer $env:${variable}" }`,
        `    ContentType = 'application/json; charset=utf-8'`,
        `    Body        = ${inPowerShell(body)}`,
        `}`,
        `Invoke-RestMethod @call`,
    ].join("\n");
}

/** For clients that read `mcpServers`. */
export function clientConfiguration(connector: string, project: string): string {
    const path = project ? `/projects/${pathName(project)}/mcp` : `/mcp/${pathName(connector)}`;
    return clientOf(project || connector, location.origin + path);
}

export const clientOf = (name: string, url: string): string =>
    JSON.stringify(
        { mcpServers: { [name]: { type: "http", url, headers: { Authorization: `Bearer \${${variable}}` } } } },
        null,
        2,
    );

const inShell = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

// Curly quotes end such a string too (PowerShell language specification, section 2.3.5.2).
const inPowerShell = (text: string): string => `'${text.replace(/['\u2018\u2019\u201a\u201b]/g, "$&$&")}'`;
