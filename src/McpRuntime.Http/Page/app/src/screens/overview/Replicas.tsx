import { useState } from "preact/hooks";
import { moment, since } from "../../data/format";
import { attempt } from "../../data/notices";
import type { Replica } from "../../data/runtime";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { Confirm } from "../../parts/Dialog";
import { Panel } from "../../parts/Panel";
import { Table } from "../../parts/Table";
import { drain, stop } from "./control";

interface ReplicasProps {
    replicas: Replica[];
    /** The one that answers this page. */
    own: string;
    mayControl: boolean;
    onChanged: () => void;
}

/** The processes that share the database. */
export function Replicas({ replicas, own, mayControl, onChanged }: ReplicasProps) {
    const [asked, setAsked] = useState<{ id: string; action: "drain" | "stop" } | null>(null);
    return (
        <Panel title={`Replicas (${replicas.length})`}>
            <Table
                label="Replicas"
                rows={replicas}
                keyOf={(replica) => replica.id}
                empty="None."
                columns={[
                    {
                        title: "Replica",
                        cell: (replica) => (
                            <>
                                <span class="mono">{replica.id}</span>
                                {replica.id === own && <span class="muted"> (answers this page)</span>}
                            </>
                        ),
                    },
                    {
                        title: "State",
                        cell: ({ draining }) => (
                            <Badge kind={draining ? "warn" : "good"} text={draining ? "draining" : "ready"} />
                        ),
                    },
                    { title: "Version", cell: (replica) => replica.version, kind: "rare" },
                    { title: "Running for", cell: (replica) => since(replica.started), kind: "rare" },
                    { title: "Seen", cell: (replica) => moment(replica.seen) },
                    { title: "Sessions", cell: (replica) => replica.sessions, kind: "number" },
                    { title: "Running calls", cell: (replica) => replica.runningCalls, kind: "number" },
                    { title: "Connectors", cell: (replica) => replica.connectors, kind: "number" },
                    ...(mayControl
                        ? [
                              {
                                  title: "Control",
                                  cell: ({ id, draining }: Replica) => (
                                      <span class="actions">
                                          {draining ? (
                                              <Button onClick={() => undo(id).then(onChanged)}>End draining</Button>
                                          ) : (
                                              <Button
                                                  label={`Drain ${id}`}
                                                  onClick={() => setAsked({ id, action: "drain" })}
                                              >
                                                  Drain…
                                              </Button>
                                          )}
                                          <Button
                                              kind="danger"
                                              label={`Stop ${id}`}
                                              onClick={() => setAsked({ id, action: "stop" })}
                                          >
                                              Stop…
                                          </Button>
                                      </span>
                                  ),
                              },
                          ]
                        : []),
                ]}
            />
            {asked && (
                <Confirm
                    title={`${asked.action === "drain" ? "Drain" : "Stop"} the replica ${asked.id}?`}
                    text={
                        asked.action === "drain"
                            ? "It refuses new work until you end this; its running calls finish. The others go on."
                            : "It ends when its running calls have finished. The others go on."
                    }
                    action={asked.action === "drain" ? "Drain" : "Stop"}
                    onConfirm={() => act(asked).then(onChanged)}
                    onClose={() => setAsked(null)}
                />
            )}
        </Panel>
    );
}

const undo = (id: string): Promise<boolean> => attempt(() => drain(false, id), `${id} takes new work again.`);

const act = ({ id, action }: { id: string; action: "drain" | "stop" }): Promise<boolean> =>
    action === "drain" ? attempt(() => drain(true, id), `${id} drains.`) : attempt(() => stop(id), `${id} stops.`);
