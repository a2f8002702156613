import { useState } from "preact/hooks";
import { get, withQuery } from "../../data/api";
import { clock } from "../../data/format";
import { addEarlier, log, type LogLine } from "../../data/log";
import { useResource } from "../../data/resource";
import { useStore } from "../../data/store";
import { Badge, type Kind } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { Chunks } from "../../parts/Chunks";
import { SelectField, TextField } from "../../parts/Field";
import { Failure } from "../../parts/Loaded";
import { Panel } from "../../parts/Panel";
import { Screen } from "../../parts/Screen";

const levels = ["trace", "debug", "information", "warning", "error", "critical"];
const kinds: Record<string, Kind> = { error: "bad", critical: "bad", warning: "warn" };

/** What the gateway writes to its log, as it happens. */
export function LogScreen() {
    const current = useStore(log);
    const earlier = useResource(async (signal) => {
        const { lines } = await get<{ lines: LogLine[] }>(withQuery("/v1/runtime/log", { limit: 500 }), signal);
        addEarlier(lines);
        return lines.length;
    }, []);
    const [held, setHeld] = useState<readonly LogLine[] | null>(null);
    const [search, setSearch] = useState("");
    const [level, setLevel] = useState("information");
    const word = search.toLowerCase();
    const shown = (held ?? current).filter(
        (line) =>
            levels.indexOf(line.level) >= levels.indexOf(level) &&
            `${line.message} ${line.category} ${line.correlationId ?? ""}`.toLowerCase().includes(word),
    );
    return (
        <Screen
            title="Log"
            about="Newest first."
            actions={
                <Button pressed={held !== null} onClick={() => setHeld(held ? null : current)}>
                    {held ? "Go on" : "Pause"}
                </Button>
            }
        >
            <Panel title="Lines">
                <div class="filters">
                    <TextField label="Find lines" type="search" value={search} onChange={setSearch} />
                    <SelectField
                        label="At least"
                        value={level}
                        onChange={setLevel}
                        options={levels.map((one) => [one, one] as const)}
                    />
                </div>
                {earlier.error !== undefined && <Failure error={earlier.error} retry={earlier.reload} />}
                {shown.length === 0 && <p class="empty">No line of this level has this text.</p>}
                <ul>
                    <Chunks items={shown}>{(line) => <Line line={line} />}</Chunks>
                </ul>
            </Panel>
        </Screen>
    );
}

function Line({ line }: { line: LogLine }) {
    return (
        <li class="log-line">
            <span class="muted">{clock(line.time)}</span>
            <span>
                <Badge kind={kinds[line.level] ?? "idle"} text={line.level} />
            </span>
            <span>
                {line.message}
                <span class="hint">
                    {" "}
                    {[line.category, line.correlationId, line.replica].filter(Boolean).join(" · ")}
                </span>
            </span>
        </li>
    );
}
