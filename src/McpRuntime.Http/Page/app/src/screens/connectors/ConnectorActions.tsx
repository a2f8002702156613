import { useState } from "preact/hooks";
import { pathName, send } from "../../data/api";
import { holdsIn, type Caller } from "../../data/caller";
import type { Connector, ProjectConnector } from "../../data/connectors";
import { writeJson } from "../../data/json";
import { changed } from "../../data/live";
import { attempt } from "../../data/notices";
import { go, href } from "../../data/route";
import { Button } from "../../parts/Button";
import { Confirm } from "../../parts/Dialog";
import { download } from "../../parts/download";

interface ActionsProps {
    caller: Caller;
    connector: Connector;
    /** Null for one of the folder. */
    installed: ProjectConnector | null;
}

export function ConnectorActions({ caller, connector, installed }: ActionsProps) {
    const [isAsked, setAsked] = useState(false);
    const { project, name, state, tools } = connector;
    if (!holdsIn(caller, "connectors", project)) return null;
    const base = project ? `/v1/projects/${pathName(project)}` : "/v1";
    const own = `${base}/connectors/${pathName(name)}`;
    const isEnabled = state !== "disabled";
    const turn = () =>
        attempt(
            async () => {
                const path = project ? own : `/v1/runtime/connectors/${pathName(name)}`;
                await send("PATCH", path, { body: writeJson({ enabled: !isEnabled }), ifMatch: installed?.etag });
                changed();
            },
            `${name} is ${isEnabled ? "disabled" : "enabled"}.`,
        );
    const exportFile = () =>
        attempt(async () => {
            // Something follows the name, so its slash is written as %2F.
            const { text } = await send("GET", `${base}/connectors/${encodeURIComponent(name)}/manifest`);
            download(`${name.replaceAll("/", "-")}.yaml`, "application/yaml", text);
        });
    const remove = () =>
        attempt(async () => {
            await send("DELETE", own, { ifMatch: installed!.etag });
            changed();
            go(href("connectors"));
        }, `${name} is removed.`);
    return (
        <>
            {(project !== null || (state !== "broken" && !(state === "not reviewed" && tools === 0))) && (
                <Button onClick={turn}>{isEnabled ? "Disable" : "Enable"}</Button>
            )}
            <Button onClick={exportFile}>Export</Button>
            {installed && project && (
                <>
                    <a class="button" href={href("connectors", ["import"], { project, connector: name })}>
                        Import again
                    </a>
                    <Button kind="danger" onClick={() => setAsked(true)}>
                        Remove…
                    </Button>
                </>
            )}
            {isAsked && (
                <Confirm
                    title={`Remove ${name}?`}
                    text="Its tools are gone at once for everyone. Export it first if it may be needed again."
                    action="Remove"
                    onConfirm={remove}
                    onClose={() => setAsked(false)}
                />
            )}
        </>
    );
}
