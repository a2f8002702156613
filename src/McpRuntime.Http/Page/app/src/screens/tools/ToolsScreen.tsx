import { useState } from "preact/hooks";
import { changes } from "../../data/live";
import { useResource } from "../../data/resource";
import { useStore } from "../../data/store";
import { readTools } from "../../data/tools";
import { Loaded } from "../../parts/Loaded";
import { Panel } from "../../parts/Panel";
import { Screen } from "../../parts/Screen";
import type { ScreenProps } from "../../shell/screens";
import { folder } from "../connectors/state";
import { ToolList, type ToolFilter } from "./ToolList";
import { ToolPanel } from "./ToolPanel";
import { useProjectChoice } from "./useProjectChoice";

/** `#/tools/PROJECT/TOOL`, with `-` for the gateway's folder. */
export function ToolsScreen({ route }: ScreenProps) {
    const projects = useProjectChoice();
    const project = route.path[0] ?? projects[0] ?? folder;
    const [filter, setFilter] = useState<ToolFilter>({
        search: route.query.get("search") ?? "",
        connector: route.query.get("connector") ?? "",
        tag: "",
        readOnly: false,
    });
    const tools = useResource(
        (signal) => readTools(project === folder ? "" : project, signal),
        [project, useStore(changes)],
    );
    const name = route.path[1];
    const chosen = tools.data?.find((tool) => tool.name === name);
    return (
        <Screen title="Tools">
            <div class={`split ${name ? "chosen" : ""}`}>
                <Panel title="Find a tool" className="list">
                    <Loaded resource={tools}>
                        {(all) => (
                            <ToolList
                                tools={all}
                                projects={projects.includes(project) ? projects : [...projects, project]}
                                project={project}
                                chosen={name ?? ""}
                                filter={filter}
                                onFilter={setFilter}
                            />
                        )}
                    </Loaded>
                </Panel>
                {chosen ? (
                    <ToolPanel
                        tool={chosen}
                        project={project === folder ? "" : project}
                        key={`${project}/${chosen.name}`}
                    />
                ) : (
                    <Panel title="Try a tool">
                        <p class="empty">
                            {name && tools.data
                                ? `There is no tool ${name} here, or it is not open to you.`
                                : "Choose a tool from the list: here are its form and how to call it from elsewhere."}
                        </p>
                    </Panel>
                )}
            </div>
        </Screen>
    );
}
