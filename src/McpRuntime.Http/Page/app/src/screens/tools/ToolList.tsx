import { useMemo } from "preact/hooks";
import { plural } from "../../data/format";
import { go, href } from "../../data/route";
import { findTools, type ListedTool } from "../../data/tools";
import { Chunks } from "../../parts/Chunks";
import { Check, SelectField, TextField } from "../../parts/Field";
import { folder } from "../connectors/state";

export interface ToolFilter {
    search: string;
    connector: string;
    tag: string;
    readOnly: boolean;
}

interface ToolListProps {
    tools: ListedTool[];
    projects: string[];
    project: string;
    chosen: string;
    filter: ToolFilter;
    onFilter: (filter: ToolFilter) => void;
}

const tagOf = (tool: ListedTool): string => tool.tags?.[0] ?? "";

/** The tools by connector and tag. */
export function ToolList({ tools, projects, project, chosen, filter, onFilter }: ToolListProps) {
    const sorted = useMemo(() => sort(tools), [tools]);
    const connectors = useMemo(() => [...new Set(tools.map((tool) => tool.connector))], [tools]);
    const ofConnector = filter.connector ? sorted.filter((tool) => tool.connector === filter.connector) : sorted;
    const tags = useMemo(() => [...new Set(ofConnector.flatMap((tool) => tool.tags ?? []))].sort(), [ofConnector]);
    const shown = findTools(ofConnector, filter.search).filter(
        (tool) => (!filter.readOnly || tool.readOnly) && (!filter.tag || tool.tags?.includes(filter.tag)),
    );
    const set = (change: Partial<ToolFilter>): void => onFilter({ ...filter, ...change });
    return (
        <>
            <div class="filters">
                <TextField
                    label="Search"
                    type="search"
                    value={filter.search}
                    onChange={(search) => set({ search })}
                    placeholder="Name, path, words"
                />
                {projects.length > 1 && (
                    <SelectField
                        label="Project"
                        value={project}
                        onChange={(next) => {
                            set({ connector: "", tag: "" });
                            go(href("tools", [next]));
                        }}
                        options={projects.map((name) => [name, name === folder ? "Gateway's folder" : name] as const)}
                    />
                )}
                {connectors.length > 1 && (
                    <SelectField
                        label="Connector"
                        value={filter.connector}
                        onChange={(connector) => set({ connector, tag: "" })}
                        options={[["", "All"], ...connectors.map((name) => [name, name] as const)]}
                    />
                )}
                {tags.length > 1 && (
                    <SelectField
                        label="Tag"
                        value={filter.tag}
                        onChange={(tag) => set({ tag })}
                        options={[["", "All"], ...tags.map((name) => [name, name] as const)]}
                    />
                )}
                <Check label="Only read-only" checked={filter.readOnly} onChange={(readOnly) => set({ readOnly })} />
            </div>
            <p class="hint" role="status">
                {shown.length === tools.length
                    ? plural(tools.length, "tool")
                    : `${shown.length} of ${plural(tools.length, "tool")}`}
            </p>
            {tools.length === 0 ? (
                <p class="empty">
                    No tool is open to you here. <a href={href("connectors")}>Connectors</a> are where tools come from.
                </p>
            ) : (
                <ul class="tool-list">
                    <Chunks items={shown}>
                        {(tool, index) => (
                            <Row
                                tool={tool}
                                before={shown[index - 1]}
                                project={project}
                                isChosen={tool.name === chosen}
                            />
                        )}
                    </Chunks>
                </ul>
            )}
        </>
    );
}

interface RowProps {
    tool: ListedTool;
    before: ListedTool | undefined;
    project: string;
    isChosen: boolean;
}

function Row({ tool, before, project, isChosen }: RowProps) {
    const isNew = !before || before.connector !== tool.connector || tagOf(before) !== tagOf(tool);
    return (
        <li>
            {isNew && (
                <h3>
                    {tool.connector}
                    {tagOf(tool) && ` · ${tagOf(tool)}`}
                </h3>
            )}
            <a href={href("tools", [project, tool.name])} aria-current={isChosen ? "true" : undefined}>
                <span class="name">
                    {tool.name}
                    {!tool.readOnly && <span class="badge warn">changes</span>}
                </span>
                <span class="hint">{tool.endpoint}</span>
            </a>
        </li>
    );
}

// Within a connector and a tag the order stays as the gateway gives it.
function sort(tools: ListedTool[]): ListedTool[] {
    const order = new Map([...new Set(tools.map((tool) => tool.connector))].map((name, index) => [name, index]));
    return [...tools].sort(
        (a, b) => order.get(a.connector)! - order.get(b.connector)! || tagOf(a).localeCompare(tagOf(b)),
    );
}
