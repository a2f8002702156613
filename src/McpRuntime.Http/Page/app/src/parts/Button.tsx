import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

interface ButtonProps {
    onClick?: () => unknown;
    kind?: "main" | "plain" | "danger";
    type?: "button" | "submit";
    disabled?: boolean;
    pressed?: boolean;
    label?: string;
    children: ComponentChildren;
}

/** A button that waits for what it started: a second press does nothing before that has ended. */
export function Button({ onClick, kind = "plain", type = "button", disabled, pressed, label, children }: ButtonProps) {
    const [isBusy, setBusy] = useState(false);
    const click = (): void => {
        const work = onClick?.();
        if (!(work instanceof Promise)) return;
        setBusy(true);
        void work.finally(() => setBusy(false));
    };
    return (
        <button
            type={type}
            class={kind}
            disabled={disabled || isBusy}
            aria-busy={isBusy || undefined}
            aria-pressed={pressed}
            aria-label={label}
            onClick={onClick && click}
        >
            {children}
        </button>
    );
}
