import { asText, isObject, type Json, type JsonObject } from "../data/json";
import { listOf, objectOf, resolve } from "./resolve";

/** How a value of a schema is asked for. */
export type Shape =
    | { kind: "text"; format: string; isLong: boolean }
    | { kind: "number" }
    | { kind: "boolean" }
    | { kind: "choice"; values: Json[] }
    /** Bytes as the gateway takes them: an object with the file's name, or base64 alone. */
    | { kind: "file"; isObject: boolean }
    | { kind: "list"; item: Json }
    | { kind: "object"; members: Member[] }
    | { kind: "variants"; variants: { title: string; schema: JsonObject }[] }
    /** Whatever has no better form. */
    | { kind: "json" };

export interface Member {
    name: string;
    schema: Json;
    isRequired: boolean;
}

export interface Described {
    shape: Shape;
    /** Null may be sent too. */
    isNullable: boolean;
    title: string;
    description: string;
    /** What is meant where nothing is sent, or an example. */
    placeholder: string;
}

const longText = 200;

export function describe(schema: Json, root: JsonObject): Described {
    const meant = resolve(schema, root);
    const choices = [...listOf(meant["anyOf"]), ...listOf(meant["oneOf"])];
    const others = choices.filter((choice) => !isNull(resolve(choice, root)));
    const types = typesOf(meant);
    const isNullable = others.length < choices.length || types.includes("null") || meant["nullable"] === true;
    // A union with null alone is the other schema, which may be null.
    if (others.length === 1 && !isObject(meant["properties"])) {
        const { anyOf: _, oneOf: __, ...words } = meant;
        const only = describe({ ...resolve(others[0], root), ...words }, root);
        return { ...only, isNullable: isNullable || only.isNullable };
    }
    return {
        shape: others.length > 1 ? variantsOf(others, meant, root) : shapeOf(meant, types, root),
        isNullable,
        title: asText(meant["title"]),
        description: asText(meant["description"]),
        placeholder:
            meant["default"] !== undefined
                ? asText(meant["default"])
                : asText(listOf(meant["examples"])[0] ?? meant["example"]),
    };
}

function shapeOf(schema: JsonObject, types: string[], root: JsonObject): Shape {
    if (schema["const"] !== undefined) return { kind: "choice", values: [schema["const"]] };
    if (Array.isArray(schema["enum"])) return { kind: "choice", values: schema["enum"] };
    const properties = objectOf(schema["properties"]);
    if ("base64" in properties && "filename" in properties) return { kind: "file", isObject: true };
    const known = types.filter((type) => type !== "null");
    if (known.length > 1 && !known.every((type) => type === "integer" || type === "number")) return { kind: "json" };
    switch (known[0]) {
        case "string":
            return schema["contentEncoding"] === "base64" || schema["format"] === "byte"
                ? { kind: "file", isObject: false }
                : {
                      kind: "text",
                      format: asText(schema["format"]),
                      isLong: Number(schema["maxLength"] ?? 0) > longText,
                  };
        case "integer":
        case "number":
            return { kind: "number" };
        case "boolean":
            return { kind: "boolean" };
        case "array":
            return schema["items"] !== undefined && !Array.isArray(schema["prefixItems"])
                ? { kind: "list", item: schema["items"] }
                : { kind: "json" };
        default:
            return Object.keys(properties).length > 0
                ? { kind: "object", members: membersOf(schema, root) }
                : { kind: "json" };
    }
}

function variantsOf(choices: Json[], schema: JsonObject, root: JsonObject): Shape {
    const { anyOf: _, oneOf: __, title: ___, description: ____, ...common } = schema;
    return {
        kind: "variants",
        variants: choices.map((choice, index) => {
            const meant = resolve({ allOf: [common, choice] }, root);
            return { title: titleOf(choice, meant) || `Form ${index + 1}`, schema: meant };
        }),
    };
}

// The required ones first: they are what a call needs.
export function membersOf(schema: JsonObject, root: JsonObject): Member[] {
    const required = new Set(listOf(schema["required"]));
    const members = Object.entries(objectOf(schema["properties"]))
        .filter(([name, property]) => required.has(name) || resolve(property, root)["readOnly"] !== true)
        .map(([name, property]) => ({ name, schema: property, isRequired: required.has(name) }));
    return [...members.filter((member) => member.isRequired), ...members.filter((member) => !member.isRequired)];
}

function titleOf(choice: Json, meant: JsonObject): string {
    if (meant["title"]) return asText(meant["title"]);
    const reference = asText(objectOf(choice)["$ref"]);
    return reference ? reference.slice(reference.lastIndexOf("/") + 1) : typesOf(meant).join(" or ");
}

function typesOf(schema: JsonObject): string[] {
    const type = schema["type"];
    return typeof type === "string" ? [type] : listOf(type).map(asText);
}

const isNull = (schema: JsonObject): boolean =>
    schema["type"] === "null" ||
    schema["const"] === null ||
    (listOf(schema["enum"]).length === 1 && listOf(schema["enum"])[0] === null);
