import { useState } from "preact/hooks";
import { keyOf } from "../../data/connectors";
import { Button } from "../../parts/Button";
import { SelectField } from "../../parts/Field";
import { Loaded } from "../../parts/Loaded";
import { useConnectors } from "../connectors/useConnectors";
import { nameOf } from "./accounts";
import { connect } from "./connect";

/** Connects an account before a tool asks for it. */
export function ConnectForm() {
    const connectors = useConnectors();
    const [chosen, setChosen] = useState("");
    return (
        <Loaded resource={connectors}>
            {(all) => {
                const connector = all.find((one) => keyOf(one) === chosen);
                return (
                    <div class="filters">
                        <SelectField
                            label="Connector"
                            value={chosen}
                            onChange={setChosen}
                            options={[
                                ["", ""],
                                ...all.map(
                                    (one) =>
                                        [keyOf(one), nameOf({ project: one.project, connector: one.name })] as const,
                                ),
                            ]}
                        />
                        <Button
                            disabled={!connector}
                            onClick={() => connect({ connector: connector!.name, project: connector!.project })}
                        >
                            Connect
                        </Button>
                    </div>
                );
            }}
        </Loaded>
    );
}
