import { get, withQuery } from "./api";

/** `GET /v1/projects`. */
export interface Project {
    name: string;
    title: string;
    description: string;
    expose: "all" | "search" | "auto" | null;
    created: string;
    updated: string;
    version: number;
    etag: string;
    mcp: string;
}

/** All of them, page by page. */
export async function readProjects(signal?: AbortSignal): Promise<Project[]> {
    const found: Project[] = [];
    let after: string | undefined;
    do {
        const page = await get<{ projects: Project[]; next?: string }>(
            withQuery("/v1/projects", { limit: 500, after }),
            signal,
        );
        found.push(...page.projects);
        after = page.next;
    } while (after);
    return found;
}
