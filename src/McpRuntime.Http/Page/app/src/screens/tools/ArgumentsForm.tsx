import { useState } from "preact/hooks";
import type { JsonObject } from "../../data/json";
import { JsonField } from "../../forms/JsonField";
import { ValueField } from "../../forms/ValueField";
import { Button } from "../../parts/Button";
import type { Member } from "../../schema/shape";
import { memberOf, Unfinished, withMember, type Value } from "../../schema/value";

interface ArgumentsProps {
    members: Member[];
    root: JsonObject;
    value: Value;
    onChange: (value: Value) => void;
}

/** The arguments in fields or as JSON; both are the same value. */
export function ArgumentsForm({ members, root, value, onChange }: ArgumentsProps) {
    const [isJson, setJson] = useState(false);
    return (
        <>
            <div class="tabs" role="group" aria-label="How to give the arguments">
                <Button pressed={!isJson} disabled={value instanceof Unfinished} onClick={() => setJson(false)}>
                    Form
                </Button>
                <Button pressed={isJson} onClick={() => setJson(true)}>
                    JSON
                </Button>
            </div>
            {isJson ? (
                <JsonField
                    label="Arguments"
                    description="The arguments as one JSON object."
                    placeholder="{}"
                    rows={12}
                    value={value}
                    onChange={onChange}
                />
            ) : members.length === 0 ? (
                <p class="hint">This tool takes no arguments.</p>
            ) : (
                members.map(({ name, schema, isRequired }) => (
                    <ValueField
                        key={name}
                        label={isRequired ? `${name} (required)` : name}
                        schema={schema}
                        root={root}
                        depth={1}
                        value={memberOf(value, name)}
                        onChange={(member) => onChange(withMember(value, name, member))}
                    />
                ))
            )}
        </>
    );
}
