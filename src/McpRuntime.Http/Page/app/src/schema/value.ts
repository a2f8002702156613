import { isObject, type Json, type JsonObject } from "../data/json";

/** What is typed and is not a value yet. */
export class Unfinished {
    constructor(
        readonly text: string,
        readonly problem: string,
    ) {}
}

/** A value that is being made: undefined is not sent. */
export type Value = Json | undefined | Unfinished | Value[] | { [name: string]: Value };

/** The value, with everything that is still wrong with it. */
export function finish(value: Value, name: string, problems: string[]): Json | undefined {
    if (value instanceof Unfinished) {
        problems.push(`${name}: ${value.problem}`);
        return undefined;
    }
    if (Array.isArray(value))
        return value.map((item, index) => {
            const finished = finish(item, `${name} ${index + 1}`, problems);
            if (finished === undefined && !(item instanceof Unfinished))
                problems.push(`${name} ${index + 1} is empty.`);
            return finished ?? null;
        });
    if (!isObject(value as Json)) return value as Json | undefined;
    const whole: JsonObject = {};
    for (const [key, member] of Object.entries(value as Record<string, Value>)) {
        const finished = finish(member, name === "" ? key : `${name}.${key}`, problems);
        if (finished !== undefined) whole[key] = finished;
    }
    return whole;
}

export const memberOf = (value: Value, name: string): Value =>
    isObject(value as Json) && !(value instanceof Unfinished) && Object.hasOwn(value as object, name)
        ? (value as Record<string, Value>)[name]
        : undefined;

/** The object with the member changed; undefined where it has none left. */
export function withMember(value: Value, name: string, member: Value): Value {
    const base = isObject(value as Json) && !(value instanceof Unfinished) ? (value as Record<string, Value>) : {};
    const { [name]: _, ...rest } = base;
    const next = member === undefined ? rest : { ...base, [name]: member };
    return Object.keys(next).length === 0 ? undefined : next;
}
