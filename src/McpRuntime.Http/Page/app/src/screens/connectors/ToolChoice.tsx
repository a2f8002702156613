import { useState } from "preact/hooks";
import type { PreviewTool } from "../../data/connectors";
import { plural } from "../../data/format";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { Chunks } from "../../parts/Chunks";

interface ToolChoiceProps {
    tools: PreviewTool[];
    chosen: Set<string>;
    onChange: (chosen: Set<string>) => void;
}

/** Which operations become tools. The buttons change what the search shows. */
export function ToolChoice({ tools, chosen, onChange }: ToolChoiceProps) {
    const [search, setSearch] = useState("");
    const word = search.toLowerCase();
    const shown = tools.filter((tool) => `${tool.name} ${tool.title} ${tool.endpoint}`.toLowerCase().includes(word));
    const set = (list: PreviewTool[], isChosen: boolean): void => {
        const next = new Set(chosen);
        for (const { name } of list) isChosen ? next.add(name) : next.delete(name);
        onChange(next);
    };
    return (
        <fieldset class="choice">
            <legend>Tools</legend>
            <div class="filters">
                <TextField label="Find an operation" type="search" value={search} onChange={setSearch} />
                <Button onClick={() => set(shown, true)}>Choose all shown</Button>
                <Button onClick={() => set(shown, false)}>Choose none</Button>
                <Button
                    onClick={() =>
                        onChange(new Set(tools.filter((tool) => tool.access === "read").map((tool) => tool.name)))
                    }
                >
                    Only read-only
                </Button>
            </div>
            <div class="scroll" role="region" aria-label="Tools to choose from" tabIndex={0}>
                <ul class="rows">
                    <Chunks items={shown}>
                        {(tool) => (
                            <li key={tool.name}>
                                <label class="check">
                                    <input
                                        type="checkbox"
                                        checked={chosen.has(tool.name)}
                                        onChange={(event) => set([tool], event.currentTarget.checked)}
                                    />
                                    <strong>{tool.name}</strong>
                                    <AccessBadge access={tool.access} />
                                </label>
                                <p class="hint">
                                    {tool.endpoint} · about {plural(tool.tokens, "token")}
                                    {tool.title || tool.description ? ` · ${tool.title || tool.description}` : ""}
                                </p>
                            </li>
                        )}
                    </Chunks>
                </ul>
            </div>
        </fieldset>
    );
}

function AccessBadge({ access }: { access: PreviewTool["access"] }) {
    if (access === "read") return <Badge kind="idle" text="read-only" />;
    return (
        <Badge
            kind={access === "destructive" ? "bad" : "warn"}
            text={access === "destructive" ? "deletes" : "changes"}
        />
    );
}
