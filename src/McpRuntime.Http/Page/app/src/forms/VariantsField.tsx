import { useState } from "preact/hooks";
import type { JsonObject } from "../data/json";
import { SelectField } from "../parts/Field";
import { ValueField, type FieldProps } from "./ValueField";

/** One of several schemas: which, and then its field. */
export function VariantsField({
    label,
    description,
    variants,
    root,
    value,
    onChange,
    depth,
}: FieldProps & { variants: { title: string; schema: JsonObject }[] }) {
    const [index, setIndex] = useState(0);
    const variant = variants[index] ?? variants[0]!;
    const choose = (next: string): void => {
        setIndex(Number(next));
        onChange(undefined);
    };
    return (
        <div class="form">
            <SelectField
                label={`${label}: form`}
                hint={description}
                value={String(index)}
                onChange={choose}
                options={variants.map(({ title }, at) => [String(at), title] as const)}
            />
            <ValueField
                key={index}
                label={label}
                schema={{ ...variant.schema, description: "" }}
                root={root}
                depth={depth + 1}
                value={value}
                onChange={onChange}
            />
        </div>
    );
}
