import type { Finding, Preview } from "../../data/connectors";
import { plural } from "../../data/format";
import { Badge } from "../../parts/Badge";
import { Copy } from "../../parts/Copy";

const textOf = ({ severity, rule, message, pointer, line }: Finding): string =>
    [severity, rule, message, pointer && `at ${pointer}`, line && `(line ${line})`].filter(Boolean).join(" ");

/** What the import noticed about the document: folded, since most of it needs nothing. */
export function Findings({ findings }: { findings: Finding[] }) {
    if (findings.length === 0) return null;
    const errors = findings.filter((finding) => finding.severity === "error").length;
    return (
        <details open={errors > 0}>
            <summary>
                {plural(findings.length, "finding")} about the document
                {errors > 0 ? `, ${plural(errors, "error")}` : ""}
            </summary>
            <div class="scroll" role="region" aria-label="Findings" tabIndex={0}>
                <Copy text={findings.map(textOf).join("\n")} label="Copy all" what="findings" />
                <ul class="rows">
                    {findings.map((finding, index) => (
                        <li key={index} class="break">
                            <Badge kind={finding.severity === "error" ? "bad" : "idle"} text={finding.severity} />{" "}
                            {finding.message}
                            <span class="hint">
                                {" "}
                                {[finding.pointer, finding.line && `line ${finding.line}`].filter(Boolean).join(", ")}
                            </span>
                        </li>
                    ))}
                </ul>
            </div>
        </details>
    );
}

/** Operations that cannot be tools. */
export function Skipped({ skipped }: { skipped: Preview["skipped"] }) {
    if (skipped.length === 0) return null;
    return (
        <details>
            <summary>{plural(skipped.length, "operation")} cannot be a tool</summary>
            <ul class="rows scroll" tabIndex={0} aria-label="Operations that cannot be tools">
                {skipped.map(({ method, path, reason }) => (
                    <li key={`${method} ${path}`} class="break">
                        <code>
                            {method} {path}
                        </code>{" "}
                        <span class="hint">{reason}</span>
                    </li>
                ))}
            </ul>
        </details>
    );
}
