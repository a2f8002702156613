import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { messageOf, send, withQuery } from "../../data/api";
import { writeJson, type JsonObject } from "../../data/json";
import { href } from "../../data/route";
import type { ListedTool } from "../../data/tools";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { membersOf } from "../../schema/shape";
import { resolve } from "../../schema/resolve";
import { finish, type Value } from "../../schema/value";
import { AnswerView, type Outcome, type ToolAnswer } from "./AnswerView";
import { ArgumentsForm } from "./ArgumentsForm";
import { CopyAs } from "./CopyAs";

/** A tool: what it is, a form to call it, its answer, and how to call it from elsewhere. */
export function ToolPanel({ tool, project }: { tool: ListedTool; project: string }) {
    const [value, setValue] = useState<Value>(undefined);
    const [outcome, setOutcome] = useState<Outcome | null>(null);
    const heading = useRef<HTMLHeadingElement>(null);
    useLayoutEffect(() => heading.current?.focus(), []);
    const schema = useMemo(() => resolve(tool.inputSchema, tool.inputSchema), [tool]);
    const members = useMemo(() => membersOf(schema, tool.inputSchema), [schema]);
    const call = async (): Promise<void> => {
        const problems: string[] = [];
        const sent = (finish(value, "", problems) ?? {}) as JsonObject;
        if (problems.length > 0) return setOutcome({ fault: problems.join("\n") });
        const begun = performance.now();
        try {
            const path = withQuery(`/v1/tools/${encodeURIComponent(tool.name)}`, { project });
            const { json } = await send("POST", path, { body: writeJson(sent) });
            setOutcome({ answer: json as unknown as ToolAnswer, ms: performance.now() - begun });
        } catch (fault) {
            setOutcome({ fault: messageOf(fault) });
        }
    };
    return (
        <section class="panel" aria-labelledby="tool-name">
            <a class="back" href={href("tools", [project || "-"])}>
                All tools
            </a>
            <header class="between">
                <h2 id="tool-name" ref={heading} tabIndex={-1} class="break">
                    {tool.name}
                </h2>
                <Badge
                    kind={tool.readOnly ? "idle" : "warn"}
                    text={tool.readOnly ? "read-only" : "changes something"}
                />
            </header>
            <p class="hint">
                <code>{tool.endpoint}</code> of {tool.connector}
            </p>
            {tool.title && tool.title !== tool.name && <p>{tool.title}</p>}
            <p class="hint">{beyond(tool.description, tool.title)}</p>
            <form
                class="form tool-form"
                onSubmit={(event) => {
                    event.preventDefault();
                }}
            >
                <ArgumentsForm members={members} root={tool.inputSchema} value={value} onChange={setValue} />
                <div class="actions">
                    <Button kind="main" type="submit" onClick={call}>
                        {tool.readOnly ? "Call" : "Call (this may change something)"}
                    </Button>
                </div>
            </form>
            <div role="region" aria-label="Answer" aria-live="polite" class="result">
                {outcome && <AnswerView outcome={outcome} name={tool.name} />}
            </div>
            <CopyAs tool={tool} project={project} value={value} />
        </section>
    );
}

// Descriptions mostly begin with what is the title too.
const beyond = (description: string, title: string): string =>
    title && description.startsWith(title) ? description.slice(title.length).trim() : description;
