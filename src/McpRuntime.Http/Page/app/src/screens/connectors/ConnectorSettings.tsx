import { useState } from "preact/hooks";
import { pathName, send } from "../../data/api";
import { holdsIn, type Caller } from "../../data/caller";
import type { ProjectConnector } from "../../data/connectors";
import { writeJson } from "../../data/json";
import { changed } from "../../data/live";
import { attempt } from "../../data/notices";
import { Button } from "../../parts/Button";
import { Check, Field } from "../../parts/Field";
import { Panel } from "../../parts/Panel";

interface SettingsProps {
    caller: Caller;
    project: string;
    connector: ProjectConnector;
}

/** What of a project's connector is served. */
export function ConnectorSettings({ caller, project, connector }: SettingsProps) {
    const [readOnly, setReadOnly] = useState(connector.readOnly);
    const [privateNetworks, setPrivate] = useState(connector.privateNetworks);
    const [hosts, setHosts] = useState(connector.privateHosts.join("\n"));
    const [tools, setTools] = useState(connector.tools.join("\n"));
    const mayReach = holdsIn(caller, "network", project);
    const save = () =>
        attempt(async () => {
            await send("PATCH", `/v1/projects/${pathName(project)}/connectors/${pathName(connector.name)}`, {
                body: writeJson({
                    readOnly,
                    tools: linesOf(tools),
                    ...(mayReach && privateNetworks !== connector.privateNetworks && { privateNetworks }),
                    ...(mayReach && hosts !== connector.privateHosts.join("\n") && { privateHosts: linesOf(hosts) }),
                }),
                ifMatch: connector.etag,
            });
            changed();
        }, "The settings are saved.");
    return (
        <Panel title="What is served">
            <form class="form" onSubmit={(event) => event.preventDefault()}>
                <Check label="Read-only tools alone" checked={readOnly} onChange={setReadOnly} />
                {mayReach && (
                    <>
                        <Check
                            label="It may reach all networks of MCP_RUNTIME_ALLOWED_NETWORKS"
                            checked={privateNetworks}
                            onChange={setPrivate}
                        />
                        {!privateNetworks && (
                            <Lines
                                label="Internal hosts that it may reach"
                                hint="Names or addresses within those networks, one a line."
                                value={hosts}
                                onChange={setHosts}
                            />
                        )}
                    </>
                )}
                <Lines
                    label="Tools"
                    hint="Names or patterns with * and ?, one a line; none for all."
                    value={tools}
                    onChange={setTools}
                />
                <div class="actions">
                    <Button kind="main" type="submit" onClick={save}>
                        Save
                    </Button>
                </div>
            </form>
        </Panel>
    );
}

interface LinesProps {
    label: string;
    hint: string;
    value: string;
    onChange: (value: string) => void;
}

const Lines = ({ label, hint, value, onChange }: LinesProps) => (
    <Field label={label} hint={hint}>
        {(attributes) => (
            <textarea {...attributes} rows={3} value={value} onInput={(event) => onChange(event.currentTarget.value)} />
        )}
    </Field>
);

const linesOf = (text: string): string[] => text.split(/\s+/).filter(Boolean);
