import { calls, connectorOf, isError, outcomeOf } from "../../data/calls";
import { duration, moment } from "../../data/format";
import { href } from "../../data/route";
import { useStore } from "../../data/store";
import { Badge } from "../../parts/Badge";
import { Panel } from "../../parts/Panel";
import { Table } from "../../parts/Table";

export function LastErrors() {
    const errors = useStore(calls).filter(isError).slice(0, 8);
    return (
        <Panel title="Last errors" actions={<a href={href("calls", [], { outcome: "failed" })}>All failed calls</a>}>
            <Table
                label="Last errors"
                rows={errors}
                keyOf={(call) => call.id}
                empty="No call has failed."
                columns={[
                    { title: "Time", cell: (call) => <a href={href("calls", [call.id])}>{moment(call.time)}</a> },
                    { title: "Tool", cell: (call) => call.tool },
                    { title: "Outcome", cell: (call) => <Badge kind="bad" text={outcomeOf(call)} /> },
                    {
                        title: "Duration",
                        cell: (call) => (call.durationMs === null ? "" : duration(call.durationMs)),
                        kind: "number",
                    },
                    { title: "Connector", cell: connectorOf, kind: "rare" },
                    { title: "Caller", cell: (call) => call.caller, kind: "rare" },
                ]}
            />
        </Panel>
    );
}
