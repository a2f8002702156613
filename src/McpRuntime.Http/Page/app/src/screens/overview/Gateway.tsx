import { useState } from "preact/hooks";
import { send } from "../../data/api";
import { number, plural, since } from "../../data/format";
import { changed } from "../../data/live";
import { attempt, notify } from "../../data/notices";
import type { Resource } from "../../data/resource";
import type { FolderConnector, Health, Runtime } from "../../data/runtime";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { Confirm } from "../../parts/Dialog";
import { Failure } from "../../parts/Loaded";
import { Panel } from "../../parts/Panel";
import { drain, stop } from "./control";

interface GatewayProps {
    health: Resource<Health>;
    runtime: Resource<Runtime | null>;
    mayControl: boolean;
}

/** Its health, and what can be done to it as a whole. */
export function Gateway({ health, runtime, mayControl }: GatewayProps) {
    const [asked, setAsked] = useState<"drain" | "stop" | null>(null);
    const status = runtime.data;
    const hasReplicas = (status?.replicas?.length ?? 0) > 1;
    const refresh = (): void => {
        runtime.reload();
        health.reload();
    };
    const reload = () =>
        attempt(async () => {
            const { json } = await send("POST", "/v1/runtime/reload");
            const { connectors, findings } = json as unknown as { connectors: FolderConnector[]; findings: string[] };
            notify(
                `Connectors reloaded: ${connectors.length}. Findings: ${findings.length}.`,
                findings.length === 0 ? "good" : "bad",
                findings,
            );
            changed();
            refresh();
        });
    return (
        <Panel
            title="Gateway"
            actions={
                mayControl && (
                    <>
                        <Button onClick={reload}>Reload connectors</Button>
                        {status?.draining ? (
                            <Button
                                onClick={() =>
                                    attempt(() => drain(false), "The gateway takes new work again.").then(refresh)
                                }
                            >
                                End draining
                            </Button>
                        ) : (
                            <Button onClick={() => setAsked("drain")}>Drain…</Button>
                        )}
                        {/* Of several, each is stopped by itself. */}
                        {!hasReplicas && (
                            <Button kind="danger" onClick={() => setAsked("stop")}>
                                Stop…
                            </Button>
                        )}
                    </>
                )
            }
        >
            {health.error !== undefined && <Failure error={health.error} retry={health.reload} />}
            <dl class="facts">
                <dt>Health</dt>
                <dd>
                    <Status health={health.data} isDraining={status?.draining ?? false} />
                </dd>
                {status && (
                    <>
                        <dt>Version</dt>
                        <dd>
                            {status.version}
                            {status.replica && <span class="muted"> on {status.replica}</span>}
                        </dd>
                        <dt>Running for</dt>
                        <dd>{since(status.started)}</dd>
                        {status.sessions !== undefined && (
                            <>
                                <dt>Now</dt>
                                <dd>
                                    {plural(status.sessions, "session")},{" "}
                                    {plural(status.runningCalls ?? 0, "running call")}
                                </dd>
                            </>
                        )}
                    </>
                )}
                {health.data?.audit && (
                    <>
                        <dt>Audit</dt>
                        <dd class={health.data.audit.lost > 0 ? "text-bad" : ""}>
                            {number(health.data.audit.waiting)} waiting, {number(health.data.audit.lost)} lost
                        </dd>
                    </>
                )}
            </dl>
            {asked === "drain" && (
                <Confirm
                    title="Drain the gateway?"
                    text="It refuses new work until you end this; running calls finish. Clients see errors meanwhile."
                    action="Drain"
                    onConfirm={() => attempt(() => drain(true), "The gateway drains.").then(refresh)}
                    onClose={() => setAsked(null)}
                />
            )}
            {asked === "stop" && (
                <Confirm
                    title="Stop the gateway?"
                    text="It ends when running calls have finished. This page cannot start it again."
                    action="Stop"
                    onConfirm={() => attempt(() => stop(), "The gateway stops.")}
                    onClose={() => setAsked(null)}
                />
            )}
        </Panel>
    );
}

function Status({ health, isDraining }: { health: Health | undefined; isDraining: boolean }) {
    if (!health) return <span class="muted">…</span>;
    if (isDraining) return <Badge kind="warn" text="draining: new work is refused" />;
    if (health.status === "ready") return <Badge kind="good" text="ready" />;
    return (
        <>
            <Badge kind="bad" text={health.status} /> {health.problem}
        </>
    );
}
