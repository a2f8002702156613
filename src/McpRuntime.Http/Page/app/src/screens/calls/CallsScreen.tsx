import { useState } from "preact/hooks";
import { calls, connectorOf, isError, outcomeOf, type Call } from "../../data/calls";
import { holds } from "../../data/caller";
import { duration, moment, number } from "../../data/format";
import { href } from "../../data/route";
import { useStore } from "../../data/store";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { SelectField, TextField } from "../../parts/Field";
import { Panel } from "../../parts/Panel";
import { Screen } from "../../parts/Screen";
import { Table } from "../../parts/Table";
import type { ScreenProps } from "../../shell/screens";
import { CallDetail } from "./CallDetail";

const most = 200;

export function CallsScreen({ caller, route }: ScreenProps) {
    const [id] = route.path;
    return id ? (
        <CallDetail id={id} mayReadAudit={holds(caller, "audit")} key={id} />
    ) : (
        <List outcome={route.query.get("outcome") ?? ""} />
    );
}

/** Calls as they happen, of all replicas. */
function List({ outcome: first }: { outcome: string }) {
    const current = useStore(calls);
    const [held, setHeld] = useState<readonly Call[] | null>(null);
    const [search, setSearch] = useState("");
    const [outcome, setOutcome] = useState(first);
    const all = held ?? current;
    const word = search.toLowerCase();
    const shown = all.filter((call) => matchesOutcome(call, outcome) && textOf(call).includes(word));
    const isNamed = all.some((call) => call.replica !== "");
    const newer = held ? current.length - held.length : 0;
    return (
        <Screen
            title="Calls"
            about="Of all replicas, newest first. Arguments and answers are never shown: they are their callers' own."
            actions={
                <>
                    {held && newer > 0 && <span class="muted">{number(newer)} newer</span>}
                    <Button pressed={held !== null} onClick={() => setHeld(held ? null : current)}>
                        {held ? "Go on" : "Pause"}
                    </Button>
                </>
            }
        >
            <Panel
                title={
                    shown.length > most
                        ? `Calls (newest ${most} of ${number(shown.length)})`
                        : `Calls (${number(shown.length)})`
                }
            >
                <div class="filters">
                    <TextField
                        label="Find calls"
                        type="search"
                        value={search}
                        onChange={setSearch}
                        placeholder="Tool, connector, caller, id"
                    />
                    <SelectField
                        label="Outcome"
                        value={outcome}
                        onChange={setOutcome}
                        options={[
                            ["", "All"],
                            ["ok", "Good"],
                            ["failed", "Failed"],
                            ["running", "Running"],
                        ]}
                    />
                </div>
                <Table
                    label="Calls"
                    rows={shown.slice(0, most)}
                    keyOf={(call) => call.id}
                    empty={
                        all.length === 0 ? (
                            <p>
                                Nothing was called yet. <a href={href("tools")}>Try a tool</a>, or connect an assistant
                                to this gateway.
                            </p>
                        ) : (
                            "No call is like this. Change the search or the outcome."
                        )
                    }
                    columns={[
                        { title: "Time", cell: (call) => <a href={href("calls", [call.id])}>{moment(call.time)}</a> },
                        { title: "Tool", cell: (call) => call.tool },
                        { title: "Outcome", cell: (call) => <Badge kind={kindOf(call)} text={outcomeOf(call)} /> },
                        {
                            title: "Duration",
                            cell: (call) => (call.durationMs === null ? "" : duration(call.durationMs)),
                            kind: "number",
                        },
                        { title: "Connector", cell: connectorOf },
                        { title: "Caller", cell: (call) => call.caller },
                        ...(isNamed
                            ? [{ title: "Replica", cell: (call: Call) => call.replica, kind: "rare" as const }]
                            : []),
                    ]}
                />
            </Panel>
        </Screen>
    );
}

const textOf = (call: Call): string =>
    `${call.tool} ${connectorOf(call)} ${call.caller} ${call.id} ${call.replica}`.toLowerCase();

function matchesOutcome(call: Call, outcome: string): boolean {
    switch (outcome) {
        case "":
            return true;
        case "failed":
            return isError(call);
        case "running":
            return call.outcome === "";
        default:
            return call.outcome === outcome;
    }
}

export const kindOf = (call: Call) => (call.outcome === "" ? "info" : isError(call) ? "bad" : "good");
