import { writeJson, type Json } from "../../data/json";
import { holds } from "../../data/caller";
import { duration, plural } from "../../data/format";
import { href } from "../../data/route";
import { session } from "../../data/session";
import { useStore } from "../../data/store";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { CopyText } from "../../parts/Copy";
import { download } from "../../parts/download";

/** `POST /v1/tools/{tool}`. */
export interface ToolAnswer {
    isError: boolean;
    status?: number;
    headers?: Record<string, string>;
    structured?: Json;
    content: { text?: string; mediaType?: string; data?: string }[];
}

export type Outcome = { answer: ToolAnswer; ms: number } | { fault: string };

export function AnswerView({ outcome, name }: { outcome: Outcome; name: string }) {
    if ("fault" in outcome)
        return (
            <>
                <p>
                    <Badge kind="bad" text="Not called" />
                </p>
                <pre class="text-bad">{outcome.fault}</pre>
            </>
        );
    const { answer, ms } = outcome;
    const status = answer.status ? `, status ${answer.status}` : "";
    const headers = Object.entries(answer.headers ?? {})
        .map(([header, value]) => `${header}: ${value}`)
        .join("\n");
    const texts = answer.content.flatMap((block) => (block.text === undefined ? [] : [block.text]));
    return (
        <>
            <p class="actions">
                <Badge
                    kind={answer.isError ? "bad" : "good"}
                    text={answer.isError ? `The call failed${status}` : `Good${status}`}
                />
                <span class="muted">{duration(ms)}</span>
            </p>
            {headers && <CopyText text={headers} what="response headers" />}
            {(answer.isError || answer.structured === undefined) &&
                texts.map((text, index) => <Text key={index} text={text} />)}
            {answer.structured !== undefined && (
                <CopyText text={writeJson(answer.structured, 2)} what="answer as JSON" />
            )}
            {answer.content.map(
                (block, index) =>
                    block.data !== undefined && (
                        <Bytes key={index} name={name} mediaType={block.mediaType ?? ""} base64={block.data} />
                    ),
            )}
        </>
    );
}

function Bytes({ name, mediaType, base64 }: { name: string; mediaType: string; base64: string }) {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    return (
        <p class="actions">
            {mediaType || "Bytes"}, {plural(bytes.length, "byte")}
            <Button onClick={() => download(name, mediaType, bytes)}>Download</Button>
        </p>
    );
}

// Errors close with the id of their call, which leads to what is known of it.
function Text({ text }: { text: string }) {
    const state = useStore(session);
    const [, id] = /^Call ([\w-]+)\.$/.exec(text) ?? [];
    return id && state.phase === "signedIn" && holds(state.caller, "runtime") ? (
        <p>
            <a href={href("calls", [id])}>Call {id}</a>
        </p>
    ) : (
        <CopyText text={text} what="answer" />
    );
}
