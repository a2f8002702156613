import { useState } from "preact/hooks";
import { get, pathName, send } from "../../data/api";
import type { Version } from "../../data/connectors";
import { moment } from "../../data/format";
import { changed, changes } from "../../data/live";
import { attempt } from "../../data/notices";
import { useResource } from "../../data/resource";
import { useStore } from "../../data/store";
import { Button } from "../../parts/Button";
import { Confirm } from "../../parts/Dialog";
import { Loaded } from "../../parts/Loaded";
import { Panel } from "../../parts/Panel";
import { Table } from "../../parts/Table";

/** The versions that a connector had, and the way back to each. */
export function HistoryPanel({ project, name, etag }: { project: string; name: string; etag: string }) {
    const own = `/v1/projects/${pathName(project)}/connectors/${encodeURIComponent(name)}`;
    const history = useResource(
        async (signal) => (await get<{ history: Version[] }>(`${own}/history`, signal)).history,
        [own, useStore(changes)],
    );
    const [asked, setAsked] = useState<Version | null>(null);
    return (
        <Panel title="History">
            <Loaded resource={history}>
                {(versions) => (
                    <Table
                        label="History"
                        rows={versions}
                        keyOf={(version) => String(version.number)}
                        empty="There is no earlier version."
                        columns={[
                            { title: "Version", cell: (version) => version.number, kind: "number" },
                            { title: "When", cell: (version) => moment(version.at) },
                            {
                                title: "What",
                                cell: (version) => [version.action, version.summary].filter(Boolean).join(": "),
                                kind: "wide",
                            },
                            { title: "Who", cell: (version) => version.by ?? "", kind: "rare" },
                            {
                                title: "Undo",
                                cell: (version) =>
                                    version.current ? (
                                        <span class="muted">now</span>
                                    ) : (
                                        <Button onClick={() => setAsked(version)}>Go back to this…</Button>
                                    ),
                            },
                        ]}
                    />
                )}
            </Loaded>
            {asked && (
                <Confirm
                    title={`Go back to version ${asked.number}?`}
                    text={`The connector becomes what it was at ${moment(asked.at)}. What is now stays in the history.`}
                    action="Go back"
                    isDanger={false}
                    onConfirm={() =>
                        attempt(async () => {
                            await send("POST", `${own}/history/${asked.number}/restore`, { ifMatch: etag });
                            changed();
                        }, `${name} is as it was in version ${asked.number}.`)
                    }
                    onClose={() => setAsked(null)}
                />
            )}
        </Panel>
    );
}
