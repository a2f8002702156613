export type Kind = "good" | "bad" | "warn" | "info" | "idle";

const marks: Record<Kind, string> = { good: "●", bad: "▲", warn: "▲", info: "●", idle: "○" };

/** A state in words; its mark and color repeat what the words say. */
export function Badge({ kind, text }: { kind: Kind; text: string }) {
    return (
        <span class={`badge ${kind}`}>
            <span aria-hidden="true">{marks[kind]}</span> {text}
        </span>
    );
}
