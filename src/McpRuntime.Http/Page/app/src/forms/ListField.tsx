import { useId } from "preact/hooks";
import type { Json } from "../data/json";
import { Button } from "../parts/Button";
import { describe } from "../schema/shape";
import type { Value } from "../schema/value";
import { ValueField, type FieldProps } from "./ValueField";

/** Items one by one. An item that is not filled in is a fault, since its place in the list counts. */
export function ListField({ label, description, item, root, value, onChange, depth }: FieldProps & { item: Json }) {
    const id = useId();
    const items: Value[] = Array.isArray(value) ? (value as Value[]) : [];
    const isText = describe(item, root).shape.kind === "text";
    const set = (index: number, next: Value): void =>
        onChange(items.map((one, at) => (at === index ? (next === undefined && isText ? "" : next) : one)));
    const name = label.replace(" (required)", "");
    return (
        <fieldset class="form" aria-describedby={description ? id : undefined}>
            <legend>{label}</legend>
            {description && (
                <p class="hint" id={id}>
                    {description}
                </p>
            )}
            {items.map((one, index) => (
                <div class="item" key={index}>
                    <ValueField
                        label={`${name} ${index + 1}`}
                        schema={item}
                        root={root}
                        depth={depth + 1}
                        value={one}
                        onChange={(next) => set(index, next)}
                    />
                    <Button label={`Remove ${name} ${index + 1}`} onClick={() => onChange(without(items, index))}>
                        Remove
                    </Button>
                </div>
            ))}
            <div>
                <Button label={`Add to ${name}`} onClick={() => onChange([...items, isText ? "" : undefined])}>
                    Add
                </Button>
            </div>
        </fieldset>
    );
}

function without(items: Value[], index: number): Value {
    const rest = items.filter((_, at) => at !== index);
    return rest.length === 0 ? undefined : rest;
}
