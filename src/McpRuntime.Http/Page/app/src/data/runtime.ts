/** `GET /v1/runtime`. */
export interface Runtime {
    version: string;
    started: string;
    draining: boolean;
    sessions?: number;
    runningCalls?: number;
    connectors?: FolderConnector[];
    broken?: { file: string; findings: string[] }[];
    replica?: string;
    replicas?: Replica[];
}

export interface FolderConnector {
    name: string;
    version: string;
    title: string;
    tools: number;
    enabled: boolean;
    outdated: boolean;
}

export interface Replica {
    id: string;
    started: string;
    seen: string;
    version: string;
    draining: boolean;
    sessions: number;
    runningCalls: number;
    connectors: number;
}

/** `GET /health`. */
export interface Health {
    status: string;
    problem?: string;
    connectors?: { project?: string; name: string; manifest: string; credentials?: string; breaker: string }[];
    audit?: { waiting: number; lost: number };
}
