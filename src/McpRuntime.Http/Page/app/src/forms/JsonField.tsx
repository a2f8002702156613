import { useEffect, useRef, useState } from "preact/hooks";
import { Field } from "../parts/Field";
import { readJson, writeJson, type Json } from "../data/json";
import { Unfinished, type Value } from "../schema/value";
import type { FieldProps } from "./ValueField";

const textOf = (value: Value): string =>
    value === undefined ? "" : value instanceof Unfinished ? value.text : writeJson(value as Json, 2);

/** A value as JSON text, which stays as it was typed. */
export function JsonField({
    label,
    description,
    placeholder,
    value,
    onChange,
    rows = 4,
}: Omit<FieldProps, "schema" | "root" | "depth"> & { rows?: number }) {
    const [text, setText] = useState(() => textOf(value));
    const sent = useRef<Value>(value);
    useEffect(() => {
        if (sent.current === value) return;
        sent.current = value;
        setText(textOf(value));
    }, [value]);
    const change = (typed: string): void => {
        setText(typed);
        sent.current = read(typed);
        onChange(sent.current);
    };
    return (
        <Field label={label} hint={description} error={value instanceof Unfinished ? value.problem : ""}>
            {(attributes) => (
                <textarea
                    {...attributes}
                    rows={rows}
                    value={text}
                    placeholder={placeholder || "JSON"}
                    spellcheck={false}
                    onInput={(event) => change(event.currentTarget.value)}
                />
            )}
        </Field>
    );
}

function read(typed: string): Value {
    if (typed.trim() === "") return undefined;
    try {
        return readJson(typed);
    } catch (fault) {
        return new Unfinished(typed, `This is not valid JSON. ${fault instanceof Error ? fault.message : ""}`.trim());
    }
}
