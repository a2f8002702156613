import { useState } from "preact/hooks";
import { Field } from "../parts/Field";
import { memberOf } from "../schema/value";
import { asText, type Json } from "../data/json";
import { JsonField } from "./JsonField";
import type { FieldProps } from "./ValueField";

/** A file of this machine, sent in base64; or what the tool takes instead, as JSON. */
export function FileField(props: FieldProps & { isObject: boolean }) {
    const { label, description, value, onChange, isObject } = props;
    const [fault, setFault] = useState("");
    const name = isObject ? asText(memberOf(value, "filename") as Json | undefined) : "";
    const take = async (file: File | undefined): Promise<void> => {
        setFault("");
        if (!file) return onChange(undefined);
        try {
            const base64 = await read(file);
            onChange(
                isObject
                    ? { filename: file.name, content_type: file.type || "application/octet-stream", base64 }
                    : base64,
            );
        } catch {
            setFault(`${file.name} cannot be read.`);
        }
    };
    return (
        <div class="form">
            <Field
                label={label}
                hint={[description, name && `Chosen: ${name}.`].filter(Boolean).join(" ")}
                error={fault}
            >
                {(attributes) => (
                    <input
                        {...attributes}
                        type="file"
                        onChange={(event) => void take(event.currentTarget.files?.[0])}
                    />
                )}
            </Field>
            {isObject && (
                <details>
                    <summary>As JSON</summary>
                    <JsonField
                        {...props}
                        label={`${label} as JSON`}
                        description="filename, content_type, and text or base64."
                    />
                </details>
            )}
        </div>
    );
}

function read(file: File): Promise<string> {
    return new Promise((resolve, reject) => {
        const reader = new FileReader();
        reader.onerror = () => reject(reader.error);
        // data:TYPE;base64,CONTENT
        reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
        reader.readAsDataURL(file);
    });
}
