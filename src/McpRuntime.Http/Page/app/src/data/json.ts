/**
 * JSON without loss. JavaScript's numbers hold 53 bits and JSON's any number: one that would change stays the text
 * that it was, in a raw JSON value (ECMA-262 JSON.rawJSON), which JSON.stringify writes digit by digit.
 */
export interface Exact {
    readonly rawJSON: string;
}

export type Json = null | boolean | number | string | Exact | Json[] | JsonObject;

export interface JsonObject {
    [name: string]: Json;
}

interface ExactJson {
    parse(text: string, revive: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
    rawJSON(text: string): Exact;
    isRawJSON(value: unknown): boolean;
}

const exact = JSON as unknown as ExactJson;

/** Whether this browser can read and write every number. */
export const isSupported = typeof exact.rawJSON === "function";

export function readJson(text: string): Json {
    return exact.parse(text, (_, value, { source }) =>
        typeof value === "number" && source !== undefined && String(value) !== source ? exact.rawJSON(source) : value,
    ) as Json;
}

export const writeJson = (value: Json, indent?: number): string => JSON.stringify(value, null, indent);

export const isExact = (value: unknown): value is Exact => exact.isRawJSON(value);

export const isNumber = (value: Json | undefined): value is number | Exact =>
    typeof value === "number" || isExact(value);

export const isObject = (value: Json | undefined): value is JsonObject =>
    typeof value === "object" && value !== null && !Array.isArray(value) && !isExact(value);

/** A number as JSON writes it, or null where the text is not one. */
export function readNumber(text: string): number | Exact | null {
    const trimmed = text.trim();
    return /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(trimmed) ? (readJson(trimmed) as number | Exact) : null;
}

/** What users read: text as it is, everything else as JSON. */
export const asText = (value: Json | undefined): string =>
    value === undefined ? "" : typeof value === "string" ? value : writeJson(value);
