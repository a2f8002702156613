import type { JSX } from "preact";

export type InputType = "text" | "search" | "url" | "password" | "email" | "date" | "datetime-local";

interface InputProps {
    id: string;
    type: InputType;
    value: string;
    placeholder?: string | undefined;
    required?: boolean | undefined;
    autofocus?: boolean | undefined;
    list?: string;
    onChange: (value: string) => void;
}

/** A field of one line; the browser neither fills it in nor corrects it. */
export function Input({ onChange, ...rest }: InputProps) {
    // JSX has a type for each type of field, and none for one that is known later.
    const attributes = rest as JSX.IntrinsicElements["input"];
    return (
        <input
            {...attributes}
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => onChange(event.currentTarget.value)}
        />
    );
}
