import { useState } from "preact/hooks";

/** Copies a text; says so where it was pressed. */
export function Copy({ text, label = "Copy", what }: { text: string | (() => string); label?: string; what?: string }) {
    const [state, setState] = useState("");
    const copy = async (): Promise<void> => {
        try {
            await navigator.clipboard.writeText(typeof text === "string" ? text : text());
            setState("Copied");
        } catch {
            setState("Not copied");
        }
        setTimeout(() => setState(""), 2000);
    };
    return (
        <button
            type="button"
            class="plain small"
            aria-label={what && !state ? `${label} ${what}` : undefined}
            onClick={() => void copy()}
        >
            <span aria-live="polite">{state || label}</span>
        </button>
    );
}

/** Text that is meant to be taken elsewhere. */
export function CopyText({ text, what }: { text: string; what: string }) {
    return (
        <div class="copy-text">
            <pre tabIndex={0} aria-label={what}>
                {text}
            </pre>
            <Copy text={text} what={what} />
        </div>
    );
}
