import { Field } from "../parts/Field";
import { Input, type InputType } from "../parts/Input";
import { asText, type Json } from "../data/json";
import { Unfinished } from "../schema/value";
import type { FieldProps } from "./ValueField";

const types: Record<string, InputType> = { date: "date", email: "email", password: "password" };

/** An empty one is not sent; an empty text can be sent as JSON. */
export function TextInput({
    label,
    description,
    placeholder,
    value,
    onChange,
    format,
    isLong,
}: FieldProps & { format: string; isLong: boolean }) {
    const text = value instanceof Unfinished ? value.text : asText(value as Json | undefined);
    const change = (next: string): void => onChange(next === "" ? undefined : next);
    return (
        <Field
            label={label}
            hint={[description, format && !types[format] && `Format: ${format}.`].filter(Boolean).join(" ")}
        >
            {(attributes) =>
                isLong || text.includes("\n") ? (
                    <textarea
                        {...attributes}
                        rows={4}
                        value={text}
                        placeholder={placeholder}
                        onInput={(event) => change(event.currentTarget.value)}
                    />
                ) : (
                    <Input
                        {...attributes}
                        type={types[format] ?? "text"}
                        value={text}
                        placeholder={placeholder}
                        onChange={change}
                    />
                )
            }
        </Field>
    );
}
