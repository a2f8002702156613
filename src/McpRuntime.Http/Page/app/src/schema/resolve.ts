import { isObject, type Json, type JsonObject } from "../data/json";

const deepest = 32;

/** The schema that is meant: behind `$ref`, with the members of `allOf` put together. Words next to a reference win. */
export function resolve(schema: Json | undefined, root: JsonObject): JsonObject {
    let words: JsonObject = {};
    let current: Json | undefined = schema;
    for (let depth = 0; depth < deepest && isObject(current); depth++) {
        const { $ref, ...rest } = current as JsonObject;
        if (typeof $ref !== "string") return merge({ ...rest, ...words }, root);
        words = { ...rest, ...words };
        current = follow($ref, root);
    }
    return words;
}

function follow(reference: string, root: JsonObject): Json | undefined {
    if (!reference.startsWith("#")) return undefined;
    let found: Json | undefined = root;
    for (const part of decodeURIComponent(reference.slice(1)).split("/").slice(1)) {
        const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
        found = Array.isArray(found) ? found[Number(name)] : isObject(found) ? found[name] : undefined;
    }
    return found;
}

function merge(schema: JsonObject, root: JsonObject): JsonObject {
    const { allOf, ...rest } = schema;
    if (!Array.isArray(allOf)) return schema;
    let whole: JsonObject = {};
    for (const part of [...allOf.map((member) => resolve(member, root)), rest]) {
        whole = {
            ...whole,
            ...part,
            ...(isObject(whole["properties"]) || isObject(part["properties"])
                ? { properties: { ...objectOf(whole["properties"]), ...objectOf(part["properties"]) } }
                : {}),
            ...(whole["required"] || part["required"]
                ? { required: [...listOf(whole["required"]), ...listOf(part["required"])] }
                : {}),
        };
    }
    return whole;
}

export const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

export const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
