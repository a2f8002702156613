import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

interface ScreenProps {
    title: string;
    /** A sentence below the title. */
    about?: ComponentChildren;
    actions?: ComponentChildren;
    children: ComponentChildren;
}

let isFirst = true;

/** A screen with its heading, which takes the focus when the user comes here, so that the keyboard starts here too. */
export function Screen({ title, about, actions, children }: ScreenProps) {
    const heading = useRef<HTMLHeadingElement>(null);
    // Before it is seen: later, the focus would leave a field in which the user has begun to type.
    useLayoutEffect(() => {
        document.title = `${title} – McpRuntime`;
        if (!isFirst) heading.current?.focus({ preventScroll: true });
        isFirst = false;
    }, [title]);
    return (
        <>
            <header class="screen-head">
                <div>
                    <h1 ref={heading} tabIndex={-1}>
                        {title}
                    </h1>
                    {about && <p class="muted">{about}</p>}
                </div>
                {actions && <div class="actions">{actions}</div>}
            </header>
            {children}
        </>
    );
}
