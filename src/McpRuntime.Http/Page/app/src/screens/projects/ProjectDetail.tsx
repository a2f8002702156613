import { useState } from "preact/hooks";
import { pathName, send } from "../../data/api";
import { holdsIn, type Caller } from "../../data/caller";
import { keyOf } from "../../data/connectors";
import { moment, plural } from "../../data/format";
import { changed } from "../../data/live";
import { attempt } from "../../data/notices";
import type { Project } from "../../data/projects";
import { go, href } from "../../data/route";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { CopyText } from "../../parts/Copy";
import { Confirm } from "../../parts/Dialog";
import { Loaded } from "../../parts/Loaded";
import { Panel } from "../../parts/Panel";
import { Screen } from "../../parts/Screen";
import { linkTo, stateKind } from "../connectors/state";
import { useConnectors } from "../connectors/useConnectors";
import { clientOf } from "../tools/snippets";
import { ProjectDialog } from "./ProjectDialog";

interface ProjectDetailProps {
    caller: Caller;
    project: Project;
    onChanged: () => void;
}

export function ProjectDetail({ caller, project, onChanged }: ProjectDetailProps) {
    const [asked, setAsked] = useState<"change" | "delete" | null>(null);
    const connectors = useConnectors();
    const remove = () =>
        attempt(async () => {
            await send("DELETE", `/v1/projects/${pathName(project.name)}`, { ifMatch: project.etag });
            changed();
            go(href("projects"));
        }, `The project ${project.name} is deleted.`);
    return (
        <Screen
            title={project.title || project.name}
            about={
                <>
                    <a href={href("projects")}>Projects</a> / {project.name}
                </>
            }
            actions={
                holdsIn(caller, "projects", project.name) && (
                    <>
                        <Button onClick={() => setAsked("change")}>Change…</Button>
                        <Button kind="danger" onClick={() => setAsked("delete")}>
                            Delete…
                        </Button>
                    </>
                )
            }
        >
            <div class="grid two">
                <Panel title="Project">
                    {project.description && <p>{project.description}</p>}
                    <dl class="facts">
                        <dt>MCP clients see</dt>
                        <dd>{project.expose ?? "the gateway's default"}</dd>
                        <dt>Made</dt>
                        <dd>{moment(project.created)}</dd>
                        <dt>Changed</dt>
                        <dd>{moment(project.updated)}</dd>
                    </dl>
                </Panel>
                <Panel title="Configuration for MCP clients">
                    <CopyText
                        text={clientOf(project.name, location.origin + project.mcp)}
                        what="client configuration"
                    />
                </Panel>
            </div>
            <Loaded resource={connectors}>
                {(all) => {
                    const own = all.filter((connector) => connector.project === project.name);
                    return (
                        <Panel
                            title="Connectors"
                            actions={
                                holdsIn(caller, "connectors", project.name) && (
                                    <a class="button" href={href("connectors", ["import"], { project: project.name })}>
                                        Import an API
                                    </a>
                                )
                            }
                        >
                            <ul class="rows">
                                {own.map((connector) => (
                                    <li key={keyOf(connector)} class="between">
                                        <span>
                                            <a href={linkTo(connector)}>{connector.title || connector.name}</a>{" "}
                                            {connector.tools > 0 && (
                                                <span class="muted">{plural(connector.tools, "tool")}</span>
                                            )}
                                        </span>
                                        <Badge kind={stateKind(connector.state)} text={connector.state} />
                                    </li>
                                ))}
                            </ul>
                            {own.length === 0 && (
                                <p class="empty">No connector yet: import an API by the URL of its document.</p>
                            )}
                        </Panel>
                    );
                }}
            </Loaded>
            {asked === "change" && (
                <ProjectDialog project={project} onDone={onChanged} onClose={() => setAsked(null)} />
            )}
            {asked === "delete" && (
                <Confirm
                    title={`Delete ${project.name}?`}
                    text="Its connectors go with it, and its MCP address no longer answers. This cannot be undone."
                    action="Delete"
                    onConfirm={remove}
                    onClose={() => setAsked(null)}
                />
            )}
        </Screen>
    );
}
