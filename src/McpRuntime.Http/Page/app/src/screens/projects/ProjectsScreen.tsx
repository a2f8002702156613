import { useState } from "preact/hooks";
import { holds, type Caller } from "../../data/caller";
import { changes } from "../../data/live";
import { readProjects, type Project } from "../../data/projects";
import { useResource } from "../../data/resource";
import { href } from "../../data/route";
import { useStore } from "../../data/store";
import { moment, plural } from "../../data/format";
import { Button } from "../../parts/Button";
import { Loaded } from "../../parts/Loaded";
import { Panel } from "../../parts/Panel";
import { Screen } from "../../parts/Screen";
import { Table } from "../../parts/Table";
import type { ScreenProps } from "../../shell/screens";
import { ProjectDetail } from "./ProjectDetail";
import { ProjectDialog } from "./ProjectDialog";

export function ProjectsScreen({ caller, route }: ScreenProps) {
    const projects = useResource(readProjects, [useStore(changes)]);
    const [name] = route.path;
    return (
        <Loaded resource={projects}>
            {(all) => {
                const project = all.find((one) => one.name === name);
                return project ? (
                    <ProjectDetail caller={caller} project={project} onChanged={projects.reload} key={project.etag} />
                ) : (
                    <List caller={caller} projects={all} onChanged={projects.reload} />
                );
            }}
        </Loaded>
    );
}

function List({ caller, projects, onChanged }: { caller: Caller; projects: Project[]; onChanged: () => void }) {
    const [isNew, setNew] = useState(false);
    const mayCreate = holds(caller, "projects");
    return (
        <Screen
            title="Projects"
            about="A project has its connectors and one MCP address; roles say who reaches it."
            actions={
                mayCreate && (
                    <Button kind="main" onClick={() => setNew(true)}>
                        New project
                    </Button>
                )
            }
        >
            <Panel title={plural(projects.length, "project")}>
                <Table
                    label="Projects"
                    rows={projects}
                    keyOf={(project) => project.name}
                    empty={
                        mayCreate
                            ? "No project yet. Make one for a team or a task, then import APIs into it."
                            : "No project is open to you."
                    }
                    columns={[
                        {
                            title: "Name",
                            cell: (project) => <a href={href("projects", [project.name])}>{project.name}</a>,
                        },
                        { title: "Title", cell: (project) => project.title, kind: "wide" },
                        {
                            title: "Clients see",
                            cell: (project) => project.expose ?? "the gateway's default",
                            kind: "rare",
                        },
                        { title: "Changed", cell: (project) => moment(project.updated) },
                    ]}
                />
            </Panel>
            {isNew && <ProjectDialog onDone={onChanged} onClose={() => setNew(false)} />}
        </Screen>
    );
}
