import { Field } from "../parts/Field";
import { asText, readNumber, type Json } from "../data/json";
import { Unfinished } from "../schema/value";
import type { FieldProps } from "./ValueField";

/** A field of text: the browser's own for numbers would round what is typed. */
export function NumberField({ label, description, placeholder, value, onChange }: FieldProps) {
    const text = value instanceof Unfinished ? value.text : asText(value as Json | undefined);
    const change = (typed: string): void => {
        if (typed.trim() === "") return onChange(undefined);
        onChange(readNumber(typed) ?? new Unfinished(typed, `${typed} is not a number.`));
    };
    return (
        <Field label={label} hint={description} error={value instanceof Unfinished ? value.problem : ""}>
            {(attributes) => (
                <input
                    {...attributes}
                    inputMode="decimal"
                    value={text}
                    placeholder={placeholder}
                    autocomplete="off"
                    onInput={(event) => change(event.currentTarget.value)}
                />
            )}
        </Field>
    );
}
