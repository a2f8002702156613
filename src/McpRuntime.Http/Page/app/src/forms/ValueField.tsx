import type { Json, JsonObject } from "../data/json";
import { describe } from "../schema/shape";
import type { Value } from "../schema/value";
import { Check } from "../parts/Field";
import { ChoiceField } from "./ChoiceField";
import { FileField } from "./FileField";
import { JsonField } from "./JsonField";
import { ListField } from "./ListField";
import { NumberField } from "./NumberField";
import { ObjectField } from "./ObjectField";
import { TextInput } from "./TextInput";
import { VariantsField } from "./VariantsField";

export interface ValueProps {
    label: string;
    schema: Json;
    /** Where references point into. */
    root: JsonObject;
    value: Value;
    onChange: (value: Value) => void;
    depth: number;
}

// Deeper ones, and schemas that contain themselves, are written as JSON.
const deepest = 5;

/** The field for a value of a schema, whatever that is. */
export function ValueField(props: ValueProps) {
    const { label, schema, root, value, onChange, depth } = props;
    const { shape, isNullable, description, placeholder } = describe(schema, root);
    // Choices have null among them, and JSON is written with it.
    const hasCheck = isNullable && !["choice", "boolean", "json"].includes(shape.kind);
    const isNull = hasCheck && value === null;
    const common = { ...props, description, placeholder };
    const field = (() => {
        if (depth > deepest && (shape.kind === "object" || shape.kind === "list" || shape.kind === "variants"))
            return <JsonField {...common} />;
        switch (shape.kind) {
            case "text":
                return <TextInput {...common} format={shape.format} isLong={shape.isLong} />;
            case "number":
                return <NumberField {...common} />;
            case "boolean":
                return <ChoiceField {...common} values={isNullable ? [true, false, null] : [true, false]} />;
            case "choice":
                return (
                    <ChoiceField
                        {...common}
                        values={isNullable && !shape.values.includes(null) ? [...shape.values, null] : shape.values}
                    />
                );
            case "file":
                return <FileField {...common} isObject={shape.isObject} />;
            case "list":
                return <ListField {...common} item={shape.item} />;
            case "object":
                return <ObjectField {...common} members={shape.members} />;
            case "variants":
                return <VariantsField {...common} variants={shape.variants} />;
            case "json":
                return <JsonField {...common} />;
        }
    })();
    if (!hasCheck) return field;
    return (
        <div>
            {isNull ? <p class="label">{label}</p> : field}
            <Check
                label={
                    <>
                        null<span class="unseen"> for {label}</span>
                    </>
                }
                checked={isNull}
                onChange={(checked) => onChange(checked ? null : undefined)}
            />
        </div>
    );
}

/** What each field gets. */
export interface FieldProps extends ValueProps {
    description: string;
    placeholder: string;
}
