import { useId } from "preact/hooks";
import type { Member } from "../schema/shape";
import { memberOf, withMember } from "../schema/value";
import { ValueField, type FieldProps } from "./ValueField";

export function ObjectField({
    label,
    description,
    members,
    root,
    value,
    onChange,
    depth,
}: FieldProps & { members: Member[] }) {
    const id = useId();
    return (
        <fieldset class="form" aria-describedby={description ? id : undefined}>
            <legend>{label}</legend>
            {description && (
                <p class="hint" id={id}>
                    {description}
                </p>
            )}
            {members.map(({ name, schema, isRequired }) => (
                <ValueField
                    key={name}
                    label={isRequired ? `${name} (required)` : name}
                    schema={schema}
                    root={root}
                    depth={depth + 1}
                    value={memberOf(value, name)}
                    onChange={(member) => onChange(withMember(value, name, member))}
                />
            ))}
        </fieldset>
    );
}
