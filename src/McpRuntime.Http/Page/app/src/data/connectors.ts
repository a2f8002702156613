/** `GET /v1/connectors`. Those who manage nothing here are told no more than name, tools and state. */
export interface Connector {
    name: string;
    project: string | null;
    title: string;
    version: string | null;
    tools: number;
    state: "ready" | "disabled" | "not reviewed" | "broken" | "needs credentials" | "breaker open";
    /** The state in words. */
    detail?: string | null;
    missing?: { what: string; how: string }[];
    /** Tools that are not what was reviewed, and how they differ; the connector itself without a tool. */
    refused?: { tool: string | null; kind: "added" | "changed"; words: string[] }[];
    /** The command on the gateway's machine that reviews them. */
    approve?: string | null;
    /** Its file is on the gateway's machine and is not changed here. */
    readOnly?: boolean;
    origins?: string[];
    etag?: string | null;
}

/** `POST /v1/projects/{project}/imports` with `preview`. */
export interface Preview {
    name: string;
    title: string;
    version: string;
    /** Of the connector that is there; null where there is none. */
    etag: string | null;
    origins: string[];
    tools: PreviewTool[];
    skipped: { method: string; path: string; reason: string }[];
    tokens: number;
    findings: Finding[];
    difference: Difference | null;
    credentials: { scheme: string; type: string; fields: { name: string }[]; origins: string[] }[];
    manifest: string;
}

export interface PreviewTool {
    name: string;
    title: string;
    description: string;
    endpoint: string;
    access: "read" | "write" | "destructive";
    tokens: number;
    chosen: boolean;
}

export interface Finding {
    severity: string;
    rule?: string;
    message: string;
    pointer?: string;
    line?: number;
}

export interface Difference {
    same: boolean;
    breaking: boolean;
    /** Of the connector as a whole. */
    changes: Change[];
    /** `changes` is what is suspicious about a new tool. */
    added: { name: string; endpoint: string; changes: Change[] }[];
    removed: { name: string; endpoint: string }[];
    changed: { name: string; endpoint: string; changes: Change[] }[];
}

export interface Change {
    what: string;
    /** Its class, such as `drift-argument-removed`. */
    rule: string;
    severity: "error" | "warning" | "information";
    breaking: boolean;
    message: string;
}

/** `GET …/history`. */
export interface Version {
    number: number;
    at: string;
    by: string | null;
    action: string;
    summary: string;
    /** What is there now. */
    current: boolean;
}

/** A project's connector: `/v1/projects/{project}/connectors/{connector}`. */
export interface ProjectConnector {
    name: string;
    enabled: boolean;
    readOnly: boolean;
    privateNetworks: boolean;
    privateHosts: string[];
    tools: string[];
    updated: string;
    version: number;
    etag: string;
    manifest?: string;
}

export const keyOf = ({ project, name }: { project?: string | null; name: string }): string =>
    project ? `${project}/${name}` : name;
