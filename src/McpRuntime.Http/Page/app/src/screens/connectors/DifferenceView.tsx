import type { Change, Difference } from "../../data/connectors";
import { Badge } from "../../parts/Badge";

const wordsOf = (changes: Change[]): string => changes.map((change) => change.message).join("\n");

/** What an import changes of the connector that is there. */
export function DifferenceView({ difference }: { difference: Difference }) {
    const { same, breaking, changes, added, removed, changed } = difference;
    if (same) return <p class="hint">The document gives the same tools as those that are there.</p>;
    return (
        <section aria-label="What changes">
            <h3>What changes {breaking && <Badge kind="bad" text="breaks agents, or needs a review" />}</h3>
            <ul class="rows">
                {changes.length > 0 && (
                    <li>
                        <Badge kind="warn" text="changed" /> <strong>the connector</strong>
                        <p class="hint">{wordsOf(changes)}</p>
                    </li>
                )}
                {removed.map(({ name }) => (
                    <li key={`-${name}`}>
                        <Badge kind="bad" text="removed" /> <strong>{name}</strong>
                    </li>
                ))}
                {changed.map((tool) => (
                    <li key={`~${tool.name}`}>
                        <Badge kind="warn" text="changed" /> <strong>{tool.name}</strong>
                        <p class="hint">{wordsOf(tool.changes)}</p>
                    </li>
                ))}
                {added.map((tool) => (
                    <li key={`+${tool.name}`}>
                        <Badge kind="good" text="added" /> <strong>{tool.name}</strong>
                        {tool.changes.length > 0 && <p class="hint">{wordsOf(tool.changes)}</p>}
                    </li>
                ))}
            </ul>
        </section>
    );
}
