import { readJson, type Json, type JsonObject, isObject, asText } from "./json";
import { session } from "./session";

/** The gateway's answer to what cannot be done, or that it cannot be reached. */
export class ApiError extends Error {
    constructor(
        message: string,
        /** HTTP status; 0 where there is no answer. */
        readonly status: number,
        readonly findings: string[] = [],
        readonly correlationId = "",
    ) {
        super(message);
    }
}

export interface Answer {
    json: Json;
    text: string;
    etag: string;
    status: number;
}

export interface Sending {
    /** JSON text. */
    body?: string;
    contentType?: string;
    ifMatch?: string;
    ifNoneMatch?: string;
    signal?: AbortSignal;
}

/** Sends a request with what the user signed in with. */
export async function send(method: string, path: string, sending: Sending = {}): Promise<Answer> {
    let response: Response, text: string;
    const sent = session.value;
    try {
        response = await fetch(path, {
            method,
            headers: headersOf(sending),
            body: sending.body,
            signal: sending.signal,
            cache: "no-store",
        });
        text = await response.text();
    } catch (fault) {
        if (sending.signal?.aborted) throw fault;
        throw new ApiError("The gateway cannot be reached. Is it running, and is the network up?", 0);
    }
    const json = parse(text);
    if (response.ok) {
        if (json === undefined && response.headers.get("Content-Type")?.includes("json"))
            throw new ApiError("The gateway's answer is not JSON.", response.status);
        return { json: json ?? null, text, etag: response.headers.get("ETag") ?? "", status: response.status };
    }
    const problem = isObject(json) ? json : {};
    // Whichever request comes next shows that a sign-in has ended; one from before does not concern that of now.
    if (response.status === 401 && session.value === sent && sent.phase === "signedIn") session.expire();
    throw new ApiError(
        asText(problem["detail"]) || `HTTP ${response.status} ${response.statusText}`,
        response.status,
        Array.isArray(problem["findings"]) ? problem["findings"].map(findingText) : [],
        asText(problem["correlationId"]),
    );
}

export const get = async <T = JsonObject>(path: string, signal?: AbortSignal): Promise<T> =>
    (await send("GET", path, { signal })).json as T;

/** The path with parameters that are not empty. */
export function withQuery(path: string, query: Record<string, string | number | boolean | null | undefined>): string {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query))
        if (value !== null && value !== undefined && value !== "") parameters.set(name, String(value));
    const text = parameters.toString();
    return text ? `${path}?${text}` : path;
}

/** A connector's name in a path: its slashes stay. */
export const pathName = (name: string): string => name.split("/").map(encodeURIComponent).join("/");

export function messageOf(fault: unknown): string {
    if (!(fault instanceof Error)) return String(fault);
    return fault instanceof ApiError && fault.findings.length > 0
        ? [fault.message, ...fault.findings].join("\n")
        : fault.message;
}

function headersOf({ body, contentType, ifMatch, ifNoneMatch }: Sending): Record<string, string> {
    const headers: Record<string, string> = {};
    if (session.token) headers["Authorization"] = `Bearer ${session.token}`;
    if (body !== undefined) headers["Content-Type"] = contentType ?? "application/json";
    if (ifMatch) headers["If-Match"] = ifMatch;
    if (ifNoneMatch) headers["If-None-Match"] = ifNoneMatch;
    return headers;
}

function parse(text: string): Json | undefined {
    try {
        return text ? readJson(text) : null;
    } catch {
        return undefined;
    }
}

export function findingText(finding: Json): string {
    if (!isObject(finding)) return asText(finding);
    const where = finding["line"] ? ` (line ${asText(finding["line"])})` : "";
    return `${asText(finding["severity"])}: ${asText(finding["message"])}${where}`;
}
