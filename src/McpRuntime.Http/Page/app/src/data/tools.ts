import { get, withQuery } from "./api";
import type { JsonObject } from "./json";

/** `GET /v1/tools`. */
export interface Tool {
    name: string;
    connector: string;
    title: string;
    description: string;
    endpoint: string;
    readOnly: boolean;
    tags?: string[];
    inputSchema: JsonObject;
}

export interface ListedTool extends Tool {
    /** What a search looks at, in lower case. */
    haystack: string;
}

export async function readTools(project: string, signal?: AbortSignal): Promise<ListedTool[]> {
    const { tools } = await get<{ tools: Tool[] }>(withQuery("/v1/tools", { project }), signal);
    return tools.map((tool) => ({
        ...tool,
        haystack: [tool.name, tool.title, tool.endpoint, tool.connector, tool.description].join("\n").toLowerCase(),
    }));
}

/** Tools that have all the words. */
export function findTools(tools: ListedTool[], search: string): ListedTool[] {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    return words.length === 0 ? tools : tools.filter((tool) => words.every((word) => tool.haystack.includes(word)));
}

/** `GET /v1/tools/cost`. */
export interface Cost {
    connectors: {
        name: string;
        tools: number;
        tokens: number;
        tags: { tag: string | null; tools: number; tokens: number }[];
    }[];
    tools: number;
    tokens: number;
    listedTokens: number;
}
