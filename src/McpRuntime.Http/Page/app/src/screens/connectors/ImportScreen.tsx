import type { Caller } from "../../data/caller";
import { Panel } from "../../parts/Panel";
import { Screen } from "../../parts/Screen";
import { ImportForm } from "./ImportForm";

/** `#/connectors/import`; with `project` and `connector` in the query, what is there is imported again. */
export function ImportScreen({ caller, query }: { caller: Caller; query: URLSearchParams }) {
    const again = query.get("connector");
    return (
        <Screen
            title={again ? `Import ${again} again` : "Import an API"}
            about="Nothing is installed before you have seen the tools and chosen among them."
        >
            <Panel title="The API's document">
                <ImportForm caller={caller} query={query} />
            </Panel>
        </Screen>
    );
}
