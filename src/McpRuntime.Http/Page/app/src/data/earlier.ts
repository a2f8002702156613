import { get, withQuery } from "./api";
import { calls, type Call } from "./calls";
import { history, minutesShown } from "./history";

/** An entry of the audit. */
export interface AuditEntry {
    id: number;
    time: string;
    caller: string;
    action: string;
    target: string;
    project?: string;
    outcome: string;
    detail?: string;
    callId?: string;
    durationMs: number;
    correlationId: string;
    address: string;
}

/** What was called before this page was opened, from the audit, for those who may read it. */
export async function readEarlierCalls(): Promise<void> {
    const { entries } = await get<{ entries: AuditEntry[] }>(
        withQuery("/v1/audit", { action: "tool.call", limit: 1000 }),
    );
    const oldest = Date.now() - minutesShown * 60_000;
    for (const entry of entries) {
        // Refusals have no call.
        if (!entry.callId) continue;
        const call = callOf(entry);
        if (calls.add(call) && Date.parse(entry.time) > oldest)
            history.add(Date.parse(entry.time), entry.durationMs, call.outcome !== "ok");
    }
}

// The target is PROJECT/CONNECTOR:TOOL, without the project for connectors of the folder.
export function callOf(entry: AuditEntry): Call {
    const project = entry.project ?? "";
    const colon = entry.target.lastIndexOf(":");
    const connector = entry.target.slice(0, Math.max(colon, 0));
    const [outcome = "", status] = entry.outcome.split(" ");
    return {
        id: entry.callId ?? "",
        time: entry.time,
        project,
        connector: project && connector.startsWith(`${project}/`) ? connector.slice(project.length + 1) : connector,
        tool: entry.target.slice(colon + 1),
        caller: entry.caller,
        replica: "",
        outcome,
        status: status ? Number(status) : null,
        durationMs: entry.durationMs,
    };
}
