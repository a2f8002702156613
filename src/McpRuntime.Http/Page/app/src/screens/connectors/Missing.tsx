import type { Connector } from "../../data/connectors";
import { Copy } from "../../parts/Copy";

/** What a connector lacks or suffers from: one line each, folded, with a text to copy. */
export function Missing({ connector, isOpen = false }: { connector: Connector; isOpen?: boolean }) {
    const { missing = [], refused = [], detail, state } = connector;
    // Where the connector is open, the refused tools have a panel that says what differs.
    const isSaid = isOpen && refused.length > 0;
    const all = missing.length > 0 ? missing : detail && !isSaid ? [{ what: state, how: detail }] : [];
    if (all.length === 0) return null;
    return (
        <ul class="missing">
            {all.map(({ what, how }, index) => (
                <li key={index} class="item">
                    <details open={isOpen}>
                        <summary>{missing.length > 0 ? `Missing: ${what}` : "Why"}</summary>
                        <p class="hint">{how}</p>
                    </details>
                    <Copy text={how} what={`what to do about ${connector.name}`} />
                </li>
            ))}
        </ul>
    );
}
