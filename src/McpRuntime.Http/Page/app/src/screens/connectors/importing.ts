import { pathName, send } from "../../data/api";
import type { Preview } from "../../data/connectors";
import type { JsonObject } from "../../data/json";
import { writeJson } from "../../data/json";

/** What the form says. */
export interface ImportRequest {
    project: string;
    url: string;
    document: string;
    name: string;
    baseUrl: string;
    readOnly: boolean;
}

const bodyOf = ({ url, document, name, baseUrl, readOnly }: ImportRequest): JsonObject => ({
    ...(document.trim() ? { document } : url.trim() && { url: url.trim() }),
    ...(name.trim() && { name: name.trim() }),
    ...(baseUrl.trim() && { baseUrl: baseUrl.trim() }),
    ...(readOnly && { readOnly }),
});

const importsOf = (project: string): string => `/v1/projects/${pathName(project)}/imports`;

export async function preview(request: ImportRequest): Promise<Preview> {
    const body = writeJson({ ...bodyOf(request), preview: true });
    return (await send("POST", importsOf(request.project), { body })).json as unknown as Preview;
}

/** Installs these tools alone. What is there is replaced only as it was when the difference was shown. */
export async function install(request: ImportRequest, tools: string[], etag: string | null): Promise<void> {
    await send("POST", importsOf(request.project), {
        body: writeJson({ ...bodyOf(request), tools }),
        ...(etag ? { ifMatch: etag } : { ifNoneMatch: "*" }),
    });
}

export const createProject = (name: string): Promise<unknown> =>
    send("POST", "/v1/projects", { body: writeJson({ name }), ifNoneMatch: "*" });
