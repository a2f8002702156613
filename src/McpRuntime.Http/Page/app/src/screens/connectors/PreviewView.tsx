import { useState } from "preact/hooks";
import type { Preview } from "../../data/connectors";
import { number, plural } from "../../data/format";
import { changed } from "../../data/live";
import { attempt } from "../../data/notices";
import { go } from "../../data/route";
import { Button } from "../../parts/Button";
import { CopyText } from "../../parts/Copy";
import { DifferenceView } from "./DifferenceView";
import { Findings, Skipped } from "./Findings";
import { install, type ImportRequest } from "./importing";
import { linkTo } from "./state";
import { ToolChoice } from "./ToolChoice";

interface PreviewProps {
    request: ImportRequest;
    preview: Preview;
}

/** What an import would install. */
export function PreviewView({ request, preview }: PreviewProps) {
    const [chosen, setChosen] = useState(
        () => new Set(preview.tools.filter((tool) => tool.chosen).map((tool) => tool.name)),
    );
    const tokens = preview.tools.reduce((sum, tool) => sum + (chosen.has(tool.name) ? tool.tokens : 0), 0);
    const put = () =>
        attempt(
            async () => {
                await install(request, [...chosen], preview.etag);
                changed();
                go(linkTo({ project: request.project, name: preview.name }));
            },
            `${preview.name} is installed with ${plural(chosen.size, "tool")}.`,
        );
    return (
        <section class="preview" aria-labelledby="preview-title">
            <div class="between">
                <h2 id="preview-title">
                    {preview.title || preview.name} {preview.version}
                </h2>
                <div class="actions">
                    <span class="muted" role="status">
                        {number(chosen.size)} of {plural(preview.tools.length, "tool")}, about {plural(tokens, "token")}
                    </span>
                    <Button kind="main" onClick={put} disabled={chosen.size === 0}>
                        {preview.etag ? "Install the changes" : "Install"}
                    </Button>
                </div>
            </div>
            <dl class="facts">
                <dt>Connector</dt>
                <dd>{preview.name}</dd>
                <dt>Calls go to</dt>
                <dd>{preview.origins.join(", ") || "–"}</dd>
                {preview.credentials.length > 0 && (
                    <>
                        <dt>Credentials</dt>
                        <dd>
                            {preview.credentials.map(({ scheme, type }) => `${scheme} (${type})`).join(", ")}; you set
                            them after it is installed
                        </dd>
                    </>
                )}
            </dl>
            {preview.difference && <DifferenceView difference={preview.difference} />}
            <Skipped skipped={preview.skipped} />
            <Findings findings={preview.findings} />
            <ToolChoice tools={preview.tools} chosen={chosen} onChange={setChosen} />
            <details>
                <summary>Manifest</summary>
                <CopyText text={preview.manifest} what="the manifest" />
            </details>
        </section>
    );
}
