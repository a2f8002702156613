import { useId, useState } from "preact/hooks";
import { get, withQuery } from "../../data/api";
import { matches } from "../../data/caller";
import { useResource } from "../../data/resource";
import { readTools } from "../../data/tools";
import { Field, SelectField } from "../../parts/Field";
import { Loaded } from "../../parts/Loaded";
import { Panel } from "../../parts/Panel";
import { folder } from "../connectors/state";
import { useProjectChoice } from "../tools/useProjectChoice";
import { isActive, type Role, type Token } from "./tokens";

/** A tool, and the roles and tokens that may call it: the gateway decides it as it does for a call. */
export function WhoMayCall({ tokens }: { tokens: Token[] }) {
    const projects = useProjectChoice();
    const [chosen, setProject] = useState("");
    const [tool, setTool] = useState("");
    const list = useId();
    const project = chosen || projects[0] || folder;
    const own = project === folder ? "" : project;
    const tools = useResource((signal) => readTools(own, signal), [own]);
    const isTool = tools.data?.some((one) => one.name === tool) ?? false;
    const roles = useResource(
        async (signal) =>
            isTool
                ? (await get<{ roles: Role[] }>(withQuery("/v1/roles", { project: own, tool }), signal)).roles
                : null,
        [own, tool, isTool],
    );
    return (
        <Panel title="Who may call a tool">
            <div class="filters">
                {projects.length > 1 && (
                    <SelectField
                        label="Project"
                        value={project}
                        onChange={setProject}
                        options={projects.map((name) => [name, name === folder ? "Gateway's folder" : name] as const)}
                    />
                )}
                <Field label="Tool">
                    {(attributes) => (
                        <input
                            {...attributes}
                            type="search"
                            list={list}
                            value={tool}
                            onInput={(event) => setTool(event.currentTarget.value)}
                        />
                    )}
                </Field>
                <datalist id={list}>
                    {tools.data?.slice(0, 200).map(({ name }) => (
                        <option key={name} value={name} />
                    ))}
                </datalist>
            </div>
            <Loaded resource={roles}>
                {(found) =>
                    found === null ? (
                        <p class="empty">{tool && tools.data ? `There is no tool ${tool} here.` : "Name a tool."}</p>
                    ) : (
                        <Allowed roles={found.filter((role) => role.mayCall)} tokens={tokens} project={own} />
                    )
                }
            </Loaded>
        </Panel>
    );
}

function Allowed({ roles, tokens, project }: { roles: Role[]; tokens: Token[]; project: string }) {
    const names = new Set(roles.map((role) => role.name));
    const able = tokens.filter(
        (token) =>
            isActive(token) &&
            token.roles.some((role) => names.has(role)) &&
            (!token.projects || token.projects.some((pattern) => project !== "" && matches(pattern, project))),
    );
    return (
        <dl class="facts">
            <dt>Roles</dt>
            <dd>{[...names].join(", ") || "none"}</dd>
            <dt>Tokens</dt>
            <dd>{able.map((token) => token.name).join(", ") || "none"}</dd>
        </dl>
    );
}
