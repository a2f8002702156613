import { useState } from "preact/hooks";
import { holds, type Caller } from "../../data/caller";
import { keyOf, type Connector } from "../../data/connectors";
import { plural } from "../../data/format";
import { href } from "../../data/route";
import { Badge } from "../../parts/Badge";
import { SelectField, TextField } from "../../parts/Field";
import { Loaded } from "../../parts/Loaded";
import { Panel } from "../../parts/Panel";
import { Screen } from "../../parts/Screen";
import { ImportForm } from "./ImportForm";
import { Missing } from "./Missing";
import { linkTo, placeOf, stateKind } from "./state";
import { useConnectors } from "./useConnectors";

export function ConnectorList({ caller }: { caller: Caller }) {
    const connectors = useConnectors();
    const mayImport = holds(caller, "connectors");
    return (
        <Screen
            title="Connectors"
            about="An API each, whose operations are tools."
            actions={
                mayImport && (
                    <a class="button main" href={href("connectors", ["import"])}>
                        Import an API
                    </a>
                )
            }
        >
            <Loaded resource={connectors}>
                {(all) =>
                    all.length > 0 ? (
                        <List all={all} />
                    ) : mayImport ? (
                        <Panel title="No connector yet">
                            <p class="hint">
                                An API becomes tools by importing its OpenAPI document, for example
                                https://petstore3.swagger.io/api/v3/openapi.json. You choose the tools before anything
                                is installed.
                            </p>
                            <ImportForm caller={caller} query={new URLSearchParams()} />
                        </Panel>
                    ) : (
                        <p class="empty">No connector is open to you. Someone who manages connectors can import one.</p>
                    )
                }
            </Loaded>
        </Screen>
    );
}

function List({ all }: { all: Connector[] }) {
    const [search, setSearch] = useState("");
    const [state, setState] = useState("");
    const word = search.toLowerCase();
    const shown = all.filter(
        (one) => (state === "" || one.state === state) && `${keyOf(one)} ${one.title}`.toLowerCase().includes(word),
    );
    const states = [...new Set(all.map((one) => one.state))].sort();
    return (
        <Panel title={plural(shown.length, "connector")}>
            <div class="filters">
                <TextField label="Find a connector" type="search" value={search} onChange={setSearch} />
                <SelectField
                    label="State"
                    value={state}
                    onChange={setState}
                    options={[["", "All states"], ...states.map((one) => [one, one] as const)]}
                />
            </div>
            <ul class="rows">
                {shown.map((connector) => (
                    <Row key={keyOf(connector)} connector={connector} />
                ))}
            </ul>
            {shown.length === 0 && <p class="empty">No connector is like this. Change the search or the state.</p>}
        </Panel>
    );
}

function Row({ connector }: { connector: Connector }) {
    const { title, name, version, tools, state } = connector;
    return (
        <li>
            <div class="between">
                <div>
                    <h3>
                        <a href={linkTo(connector)}>{title || name}</a>
                    </h3>
                    <p class="hint">
                        {[
                            placeOf(connector),
                            [name, version].filter(Boolean).join(" "),
                            tools > 0 && plural(tools, "tool"),
                        ]
                            .filter(Boolean)
                            .join(" · ")}
                    </p>
                </div>
                <Badge kind={stateKind(state)} text={state} />
            </div>
            <Missing connector={connector} />
        </li>
    );
}
