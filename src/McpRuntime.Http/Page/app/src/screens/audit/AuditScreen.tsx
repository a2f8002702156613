import { useEffect, useRef, useState } from "preact/hooks";
import { get, send, withQuery } from "../../data/api";
import type { AuditEntry } from "../../data/earlier";
import { attempt } from "../../data/notices";
import { href } from "../../data/route";
import { moment } from "../../data/format";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { download } from "../../parts/download";
import { Failure } from "../../parts/Loaded";
import { Panel } from "../../parts/Panel";
import { Screen } from "../../parts/Screen";
import { Table } from "../../parts/Table";
import type { ScreenProps } from "../../shell/screens";
import { AuditFilters, queryOf, type AuditFilter } from "./AuditFilters";

const noFilter: AuditFilter = {
    caller: "",
    action: "",
    tool: "",
    connector: "",
    project: "",
    outcome: "",
    since: "",
    until: "",
};

/** Who did what, newest first, page by page. */
export function AuditScreen({ route }: ScreenProps) {
    const [filter, setFilter] = useState<AuditFilter>({ ...noFilter, caller: route.query.get("caller") ?? "" });
    const [entries, setEntries] = useState<AuditEntry[]>([]);
    const [next, setNext] = useState<number | undefined>();
    const [error, setError] = useState<unknown>();
    // Of several reads under way, the last one that was asked for is shown.
    const asked = useRef(0);
    const read = async (before?: number): Promise<void> => {
        const turn = ++asked.current;
        setError(undefined);
        try {
            const page = await get<{ entries: AuditEntry[]; next?: number }>(
                withQuery("/v1/audit", { ...queryOf(filter), before, limit: 100 }),
            );
            if (turn !== asked.current) return;
            setEntries((earlier) => (before === undefined ? page.entries : [...earlier, ...page.entries]));
            setNext(page.next);
        } catch (fault) {
            if (turn === asked.current) setError(fault);
        }
    };
    useEffect(() => void read(), []);
    const exportAll = () =>
        attempt(async () => {
            const { text } = await send("GET", withQuery("/v1/audit/export", queryOf(filter)));
            download("audit.jsonl", "application/jsonl", text);
        });
    return (
        <Screen
            title="Audit"
            about="Who did what, newest first."
            actions={<Button onClick={exportAll}>Export as JSON Lines</Button>}
        >
            <Panel title="Entries">
                <AuditFilters filter={filter} onChange={setFilter} onApply={() => void read()} />
                {error !== undefined && <Failure error={error} retry={() => void read()} />}
                <Table
                    label="Entries"
                    rows={entries}
                    keyOf={(entry) => String(entry.id)}
                    empty="There is no entry like this."
                    columns={[
                        { title: "Time", cell: (entry) => moment(entry.time) },
                        { title: "Caller", cell: (entry) => entry.caller },
                        { title: "Action", cell: (entry) => entry.action },
                        {
                            title: "Target",
                            cell: (entry) =>
                                entry.callId ? (
                                    <a href={href("calls", [entry.callId])}>{entry.target}</a>
                                ) : (
                                    entry.target
                                ),
                        },
                        {
                            title: "Outcome",
                            cell: (entry) => (
                                <Badge kind={entry.outcome.startsWith("ok") ? "good" : "bad"} text={entry.outcome} />
                            ),
                        },
                        { title: "Detail", cell: (entry) => entry.detail ?? "", kind: "wide" },
                        { title: "Address", cell: (entry) => entry.address, kind: "rare" },
                    ]}
                />
                {next !== undefined && (
                    <div class="actions end">
                        <Button onClick={() => read(next)}>Older entries</Button>
                    </div>
                )}
            </Panel>
        </Screen>
    );
}
