import { withQuery } from "../../data/api";

/** `GET /v1/credentials`; never a value. */
export interface Credentials {
    /** The gateway has a key to encrypt them with; without one none can be set here. */
    keyRing: boolean;
    howToKeyRing: string | null;
    credentials: Credential[];
}

export interface Credential {
    connector: string;
    project: string | null;
    scheme: string;
    type: string;
    fields: { name: string; secret: boolean; required: boolean }[];
    /** Names of fields that are enough, each list by itself. */
    alternatives: string[][];
    state: "set" | "missing" | "needs confirmation";
    source: string | null;
    /** Why it cannot be used. */
    problem: string | null;
    /** Those that it was bound to when it was set, and those of the manifest now. */
    origins: { bound: string[]; now: string[] };
    setBy: string | null;
    setAt: string | null;
    /** Variables that set it without this page. */
    howToSet: string | null;
    etag: string;
}

export const keyOf = ({ project, connector, scheme }: Credential): string => `${project ?? ""}/${connector}#${scheme}`;

export const pathOf = ({ scheme, connector, project }: Credential, action = ""): string =>
    withQuery(`/v1/credentials/${encodeURIComponent(scheme)}${action}`, { connector, project });

/** The fields that are filled in are enough. */
export const isComplete = ({ fields, alternatives }: Credential, values: Record<string, string>): boolean =>
    fields.every(({ name, required }) => !required || values[name]) &&
    (alternatives.length === 0 || alternatives.some((names) => names.every((name) => values[name])));
