/** `GET /v1/tokens`. */
export interface Token {
    id: string;
    name: string;
    roles: string[];
    projects?: string[];
    created: string;
    expires?: string;
    revoked?: string;
    /** In the answer to its making alone. */
    token?: string;
}

export const isActive = (token: Token): boolean =>
    !token.revoked && (!token.expires || Date.parse(token.expires) > Date.now());

/** `GET /v1/roles`. */
export interface Role {
    name: string;
    connectors: string[];
    tools: string[];
    /** Null where it also reaches the gateway itself. */
    projects: string[] | null;
    access: "none" | "read" | "write" | "destructive";
    rights: string[];
    /** Where a tool was asked about. */
    mayCall?: boolean;
}

const accessWords: Record<Role["access"], string> = {
    none: "calls no tool",
    read: "calls read-only tools",
    write: "calls tools that do not delete",
    destructive: "calls every tool",
};

/** A role in a sentence. */
export function wordsOf(role: Role): string {
    const tools = [...listed(role.connectors), ...listed(role.tools)].join(", ");
    const projects = role.projects === null ? "" : ` in ${role.projects.join(", ") || "no project"}`;
    const calls = accessWords[role.access] + (tools && role.access !== "none" ? ` of ${tools}` : "");
    const rights = role.rights.length > 0 ? `; manages ${role.rights.join(", ")}` : "";
    return `${calls}${rights}${projects}`;
}

const listed = (patterns: string[]): string[] => patterns.filter((pattern) => pattern !== "*");
