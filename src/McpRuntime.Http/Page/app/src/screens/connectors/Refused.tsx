import type { Connector } from "../../data/connectors";
import { Copy } from "../../parts/Copy";
import { Badge } from "../../parts/Badge";
import { Panel } from "../../parts/Panel";

/** Tools that a lock refuses, how they differ from what was reviewed, and the command that reviews them. */
export function Refused({ connector }: { connector: Connector }) {
    const { refused = [], approve } = connector;
    if (refused.length === 0) return null;
    return (
        <Panel title="Not served: not what was reviewed">
            <ul class="rows">
                {refused.map(({ tool, kind, words }) => (
                    <li key={tool ?? ""}>
                        <Badge kind="warn" text={kind === "added" ? "new" : "changed"} />{" "}
                        <strong>{tool ?? "the connector"}</strong>
                        {words.map((sentence, index) => (
                            <p key={index} class="hint">
                                {sentence}
                            </p>
                        ))}
                    </li>
                ))}
            </ul>
            <p class="hint">
                The operator reviews and approves them on the gateway's machine, not on this page: those who may
                change connectors here must not approve their own changes.
            </p>
            {approve && (
                <p>
                    <code>{approve}</code> <Copy text={approve} what={`the command that reviews ${connector.name}`} />
                </p>
            )}
        </Panel>
    );
}
