import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";
import { Input, type InputType } from "./Input";

interface FieldProps {
    label: string;
    hint?: ComponentChildren;
    error?: string;
    /** Looks the label up for screen readers alone, where the place says what the field is. */
    isQuiet?: boolean;
    className?: string;
    children: (attributes: {
        id: string;
        "aria-describedby": string | undefined;
        "aria-invalid": boolean | undefined;
    }) => JSX.Element;
}

/** A label, what it labels, and what there is to say about it. */
export function Field({ label, hint, error, isQuiet, className = "", children }: FieldProps) {
    const id = useId();
    const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
    return (
        <div class={`field ${className}`}>
            <label class={isQuiet ? "unseen" : ""} for={id}>
                {label}
            </label>
            {hint && (
                <p class="hint" id={`${id}-hint`}>
                    {hint}
                </p>
            )}
            {children({ id, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined })}
            {error && (
                <p class="fault" id={`${id}-error`}>
                    {error}
                </p>
            )}
        </div>
    );
}

type Changed = { onChange: (value: string) => void; value: string };

export function TextField(
    props: Omit<FieldProps, "children"> &
        Changed & { type?: InputType; placeholder?: string; required?: boolean; autofocus?: boolean },
) {
    return (
        <Field {...props}>
            {(attributes) => (
                <Input
                    {...attributes}
                    type={props.type ?? "text"}
                    value={props.value}
                    placeholder={props.placeholder}
                    required={props.required}
                    autofocus={props.autofocus}
                    onChange={props.onChange}
                />
            )}
        </Field>
    );
}

export function SelectField(
    props: Omit<FieldProps, "children"> & Changed & { options: readonly (readonly [value: string, label: string])[] },
) {
    return (
        <Field {...props}>
            {(attributes) => (
                <select
                    {...attributes}
                    value={props.value}
                    onChange={(event) => props.onChange(event.currentTarget.value)}
                >
                    {props.options.map(([value, label]) => (
                        <option key={value} value={value} selected={value === props.value}>
                            {label}
                        </option>
                    ))}
                </select>
            )}
        </Field>
    );
}

export function Check({
    label,
    checked,
    onChange,
}: {
    label: ComponentChildren;
    checked: boolean;
    onChange: (checked: boolean) => void;
}) {
    return (
        <label class="check">
            <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
            <span>{label}</span>
        </label>
    );
}
