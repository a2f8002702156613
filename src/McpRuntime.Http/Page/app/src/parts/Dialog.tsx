import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { Button } from "./Button";

/** A window over the page; Escape closes it and the focus goes back to where it was. */
export function Dialog({
    title,
    onClose,
    children,
    isWide,
}: {
    title: string;
    onClose: () => void;
    children: ComponentChildren;
    isWide?: boolean;
}) {
    const dialog = useRef<HTMLDialogElement>(null);
    const id = useId();
    useLayoutEffect(() => {
        const before = document.activeElement;
        dialog.current?.showModal();
        return () => before instanceof HTMLElement && before.focus();
    }, []);
    return (
        <dialog ref={dialog} class={isWide ? "wide" : ""} aria-labelledby={id} onClose={onClose}>
            <h2 id={id}>{title}</h2>
            {children}
        </dialog>
    );
}

/** Asks before something that is not easily undone. */
export function Confirm({
    title,
    text,
    action,
    isDanger = true,
    onConfirm,
    onClose,
}: {
    title: string;
    text: ComponentChildren;
    action: string;
    isDanger?: boolean;
    onConfirm: () => Promise<unknown>;
    onClose: () => void;
}) {
    return (
        <Dialog title={title} onClose={onClose}>
            <div class="dialog-text">{text}</div>
            <div class="actions end">
                <Button onClick={onClose}>Cancel</Button>
                <Button kind={isDanger ? "danger" : "main"} onClick={() => onConfirm().then(onClose)}>
                    {action}
                </Button>
            </div>
        </Dialog>
    );
}
