import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

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
    const field = useRef<HTMLInputElement>(null);
    // Browsers look at the attribute once, when the page is loaded.
    useLayoutEffect(() => void (rest.autofocus && field.current?.focus()), []);
    // JSX has a type for each type of field, and none for one that is known later.
    const attributes = rest as JSX.IntrinsicElements["input"];
    return (
        <input
            {...attributes}
            ref={field}
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => onChange(event.currentTarget.value)}
        />
    );
}
