import { useState } from "preact/hooks";
import { get } from "../../data/api";
import { changes } from "../../data/live";
import { useResource } from "../../data/resource";
import { href } from "../../data/route";
import { useStore } from "../../data/store";
import { Copy } from "../../parts/Copy";
import { TextField } from "../../parts/Field";
import { Loaded } from "../../parts/Loaded";
import { Panel } from "../../parts/Panel";
import { Screen } from "../../parts/Screen";
import type { ScreenProps } from "../../shell/screens";
import { CredentialRow } from "./CredentialRow";
import { keyOf, type Credentials } from "./credentials";

/** What connectors send to prove who they are: it is set here and never read back. */
export function CredentialsScreen({ route }: ScreenProps) {
    const [search, setSearch] = useState(route.query.get("connector") ?? "");
    const credentials = useResource((signal) => get<Credentials>("/v1/credentials", signal), [useStore(changes)]);
    const word = search.toLowerCase();
    return (
        <Screen
            title="Credentials"
            about="Set here and never shown again. Each is sent only to the servers that were confirmed with it."
        >
            <Panel title="Of connectors">
                <Loaded
                    resource={credentials}
                    missing="This gateway keeps no credentials: they are files or variables on its machine."
                >
                    {({ credentials: all, keyRing, howToKeyRing }) => {
                        const shown = all.filter((one) => keyOf(one).toLowerCase().includes(word));
                        return (
                            <>
                                {!keyRing && howToKeyRing && (
                                    <div class="item">
                                        <p class="hint text-warn">{howToKeyRing}</p>
                                        <Copy text={howToKeyRing} what="how to give the gateway a key" />
                                    </div>
                                )}
                                <div class="filters">
                                    <TextField
                                        label="Find a credential"
                                        type="search"
                                        value={search}
                                        onChange={setSearch}
                                    />
                                </div>
                                <ul class="rows">
                                    {shown.map((credential) => (
                                        <CredentialRow
                                            key={keyOf(credential)}
                                            credential={credential}
                                            mayBeSet={keyRing}
                                            onChanged={credentials.reload}
                                        />
                                    ))}
                                </ul>
                                {shown.length === 0 && (
                                    <p class="empty">
                                        {all.length === 0 ? (
                                            <>
                                                No connector needs a credential.{" "}
                                                <a href={href("connectors", ["import"])}>Import an API</a> that does.
                                            </>
                                        ) : (
                                            "No credential is like this. Change the search."
                                        )}
                                    </p>
                                )}
                            </>
                        );
                    }}
                </Loaded>
            </Panel>
        </Screen>
    );
}
