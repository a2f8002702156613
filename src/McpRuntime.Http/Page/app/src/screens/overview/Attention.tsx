import { keyOf } from "../../data/connectors";
import { plural } from "../../data/format";
import { Badge } from "../../parts/Badge";
import { Loaded } from "../../parts/Loaded";
import { Panel } from "../../parts/Panel";
import { href } from "../../data/route";
import { linkTo, needsAttention, stateKind } from "../connectors/state";
import { useConnectors } from "../connectors/useConnectors";

const most = 6;

/** Connectors that need something, in words; the rest is a number. */
export function Attention({ mayImport }: { mayImport: boolean }) {
    const connectors = useConnectors();
    return (
        <Panel title="Connectors" actions={<a href={href("connectors")}>All connectors</a>}>
            <Loaded resource={connectors}>
                {(all) => {
                    const needy = all.filter(needsAttention);
                    if (all.length === 0)
                        return (
                            <div class="empty">
                                <p>No connector yet: an API becomes tools by importing its OpenAPI document.</p>
                                {mayImport && (
                                    <p>
                                        <a href={href("connectors", ["import"])}>Import an API</a>
                                    </p>
                                )}
                            </div>
                        );
                    return (
                        <>
                            <p class="hint">
                                {plural(all.length, "connector")} with{" "}
                                {plural(
                                    all.reduce((sum, one) => sum + one.tools, 0),
                                    "tool",
                                )}
                                {needy.length === 0
                                    ? "; none needs attention."
                                    : `; ${needy.length} ${needy.length === 1 ? "needs" : "need"} attention.`}
                            </p>
                            <ul class="rows">
                                {needy.slice(0, most).map((connector) => (
                                    <li key={keyOf(connector)} class="between">
                                        <a href={linkTo(connector)}>{connector.title || connector.name}</a>
                                        <Badge kind={stateKind(connector.state)} text={connector.state} />
                                    </li>
                                ))}
                            </ul>
                            {needy.length > most && <p class="hint">{needy.length - most} more.</p>}
                        </>
                    );
                }}
            </Loaded>
        </Panel>
    );
}
