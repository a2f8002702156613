import { get, withQuery } from "../../data/api";
import { calls, connectorOf, outcomeOf } from "../../data/calls";
import { callOf, type AuditEntry } from "../../data/earlier";
import { duration, moment } from "../../data/format";
import { href } from "../../data/route";
import { useResource } from "../../data/resource";
import { useStore } from "../../data/store";
import { Badge } from "../../parts/Badge";
import { Copy } from "../../parts/Copy";
import { Panel } from "../../parts/Panel";
import { Screen } from "../../parts/Screen";
import { kindOf } from "./CallsScreen";

/** A call by its id, which errors, the log and the audit name too. */
export function CallDetail({ id, mayReadAudit }: { id: string; mayReadAudit: boolean }) {
    const live = useStore(calls).find((call) => call.id === id);
    const isEnded = live !== undefined && live.outcome !== "";
    const audit = useResource(
        async (signal) => (mayReadAudit ? await findEntry(id, signal) : undefined),
        [id, mayReadAudit, isEnded],
    );
    const entry = audit.data;
    const call = live ?? (entry && callOf(entry));
    return (
        <Screen title="Call" about={<a href={href("calls")}>All calls</a>}>
            <Panel title={id} actions={<Copy text={id} label="Copy the id" />}>
                {call ? (
                    <dl class="facts">
                        <dt>Outcome</dt>
                        <dd>
                            <Badge kind={kindOf(call)} text={outcomeOf(call)} />
                        </dd>
                        <dt>Tool</dt>
                        <dd>
                            <a href={href("tools", [call.project || "-", call.tool])}>{call.tool}</a>
                        </dd>
                        <dt>Connector</dt>
                        <dd>{connectorOf(call)}</dd>
                        <dt>Caller</dt>
                        <dd>{call.caller}</dd>
                        <dt>Time</dt>
                        <dd>{moment(call.time)}</dd>
                        <dt>Duration</dt>
                        <dd>{call.durationMs === null ? "running" : duration(call.durationMs)}</dd>
                        {call.replica && (
                            <>
                                <dt>Replica</dt>
                                <dd>{call.replica}</dd>
                            </>
                        )}
                        {entry?.address && (
                            <>
                                <dt>Address</dt>
                                <dd>{entry.address}</dd>
                            </>
                        )}
                        {entry?.correlationId && (
                            <>
                                <dt>Request</dt>
                                <dd>
                                    {entry.correlationId}{" "}
                                    <Copy text={entry.correlationId} what="the id of the request" />
                                </dd>
                            </>
                        )}
                        {entry?.detail && (
                            <>
                                <dt>Detail</dt>
                                <dd>{entry.detail}</dd>
                            </>
                        )}
                    </dl>
                ) : (
                    <p class="empty">This call is not among those that this page knows.</p>
                )}
            </Panel>
        </Screen>
    );
}

async function findEntry(id: string, signal: AbortSignal): Promise<AuditEntry | undefined> {
    const { entries } = await get<{ entries: AuditEntry[] }>(withQuery("/v1/audit", { call: id, limit: 1 }), signal);
    return entries[0];
}
