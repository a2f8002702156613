import { get, pathName } from "../../data/api";
import { holdsIn, type Caller } from "../../data/caller";
import type { Connector, ProjectConnector } from "../../data/connectors";
import { plural } from "../../data/format";
import { changes } from "../../data/live";
import { href } from "../../data/route";
import { useResource } from "../../data/resource";
import { useStore } from "../../data/store";
import { Badge } from "../../parts/Badge";
import { Loaded } from "../../parts/Loaded";
import { Panel } from "../../parts/Panel";
import { Screen } from "../../parts/Screen";
import { ConnectorActions } from "./ConnectorActions";
import { ConnectorSettings } from "./ConnectorSettings";
import { HistoryPanel } from "./HistoryPanel";
import { Missing } from "./Missing";
import { Refused } from "./Refused";
import { folder, placeOf, stateKind } from "./state";
import { useConnectors } from "./useConnectors";

interface DetailProps {
    caller: Caller;
    project: string | null;
    name: string;
}

export function ConnectorDetail({ caller, project, name }: DetailProps) {
    const connectors = useConnectors();
    return (
        <Loaded resource={connectors}>
            {(all) => {
                const connector = all.find((one) => one.name === name && one.project === project);
                return connector ? (
                    <Found caller={caller} connector={connector} />
                ) : (
                    <Screen title={name}>
                        <p class="empty">
                            There is no such connector, or it is not open to you.{" "}
                            <a href={href("connectors")}>All connectors</a>
                        </p>
                    </Screen>
                );
            }}
        </Loaded>
    );
}

function Found({ caller, connector }: { caller: Caller; connector: Connector }) {
    const { project, name } = connector;
    const isManaged = project !== null && holdsIn(caller, "connectors", project);
    const installed = useResource(
        async (signal) =>
            isManaged
                ? await get<ProjectConnector>(`/v1/projects/${pathName(project)}/connectors/${pathName(name)}`, signal)
                : null,
        [project, name, isManaged, useStore(changes)],
    );
    return (
        <Screen
            title={connector.title || name}
            about={
                <>
                    <a href={href("connectors")}>Connectors</a> / {placeOf(connector)} / {name}
                </>
            }
            actions={<ConnectorActions caller={caller} connector={connector} installed={installed.data ?? null} />}
        >
            <div class="grid two">
                <Panel title="State" actions={<Badge kind={stateKind(connector.state)} text={connector.state} />}>
                    <Missing connector={connector} isOpen />
                    <dl class="facts">
                        <dt>Version</dt>
                        <dd>{connector.version || "–"}</dd>
                        <dt>Tools</dt>
                        <dd>
                            <a href={href("tools", [project ?? folder], { connector: name })}>
                                {plural(connector.tools, "tool")}
                            </a>
                        </dd>
                        {connector.origins && connector.origins.length > 0 && (
                            <>
                                <dt>Calls go to</dt>
                                <dd>{connector.origins.join(", ")}</dd>
                            </>
                        )}
                        {connector.state === "needs credentials" && holdsIn(caller, "credentials", project) && (
                            <>
                                <dt>Credentials</dt>
                                <dd>
                                    <a href={href("credentials", [], { connector: name })}>Set them</a>
                                </dd>
                            </>
                        )}
                    </dl>
                    {connector.readOnly && (
                        <p class="hint">
                            Its file is in the gateway's folder of connectors: it is changed there and reloaded here.
                        </p>
                    )}
                </Panel>
                {installed.data && <ConnectorSettings caller={caller} project={project!} connector={installed.data} />}
            </div>
            <Refused connector={connector} />
            {isManaged && <HistoryPanel project={project} name={name} etag={installed.data?.etag ?? ""} />}
        </Screen>
    );
}
