import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface PanelProps {
    title: string;
    /** Right of the title. */
    actions?: ComponentChildren;
    className?: string;
    children: ComponentChildren;
}

/** A part of a screen, which readers of the screen find by its title. */
export function Panel({ title, actions, className = "", children }: PanelProps) {
    const id = useId();
    return (
        <section class={`panel ${className}`} aria-labelledby={id}>
            <header class="panel-head">
                <h2 id={id}>{title}</h2>
                {actions && <div class="actions">{actions}</div>}
            </header>
            {children}
        </section>
    );
}
