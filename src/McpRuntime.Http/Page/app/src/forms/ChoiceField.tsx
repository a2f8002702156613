import { Field } from "../parts/Field";
import { asText, readJson, writeJson, type Json } from "../data/json";
import type { FieldProps } from "./ValueField";

/** One of the values that the schema lists, or none. */
export function ChoiceField({
    label,
    description,
    value,
    onChange,
    values,
    placeholder,
}: FieldProps & { values: Json[] }) {
    const chosen = value === undefined ? "" : writeJson(value as Json);
    return (
        <Field label={label} hint={description}>
            {(attributes) => (
                <select
                    {...attributes}
                    value={chosen}
                    onChange={(event) =>
                        onChange(event.currentTarget.value === "" ? undefined : readJson(event.currentTarget.value))
                    }
                >
                    <option value="" selected={chosen === ""}>
                        {placeholder ? `(${placeholder} if it is not sent)` : ""}
                    </option>
                    {values.map((one) => (
                        <option key={writeJson(one)} value={writeJson(one)} selected={writeJson(one) === chosen}>
                            {asText(one)}
                        </option>
                    ))}
                </select>
            )}
        </Field>
    );
}
