import { useState } from "preact/hooks";
import { send } from "../../data/api";
import { moment } from "../../data/format";
import { writeJson } from "../../data/json";
import { attempt, notify } from "../../data/notices";
import { changed } from "../../data/live";
import { Badge, type Kind } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { Copy } from "../../parts/Copy";
import { Confirm } from "../../parts/Dialog";
import { pathOf, type Credential } from "./credentials";
import { SetCredentialDialog } from "./SetCredentialDialog";

const kinds: Record<Credential["state"], Kind> = { set: "good", missing: "warn", "needs confirmation": "bad" };

interface CredentialRowProps {
    credential: Credential;
    /** The gateway can keep it. */
    mayBeSet: boolean;
    onChanged: () => void;
}

export function CredentialRow({ credential, mayBeSet, onChanged }: CredentialRowProps) {
    const [asked, setAsked] = useState<"set" | "confirm" | "remove" | null>(null);
    const { connector, project, scheme, type, state, source, origins, setBy, setAt } = credential;
    const isOwn = setAt !== null;
    const done = (): void => {
        onChanged();
        changed();
    };
    const test = () =>
        attempt(async () => {
            const { json } = await send("POST", pathOf(credential, "/test"));
            const { ok, status, message } = json as unknown as { ok: boolean; status?: number; message: string };
            notify(`${scheme} of ${connector}: ${message}${status ? ` (status ${status})` : ""}`, ok ? "good" : "bad");
        });
    return (
        <li>
            <div class="between">
                <h3>
                    {project ? `${project} / ` : ""}
                    {connector} · {scheme}
                </h3>
                <Badge kind={kinds[state] ?? "warn"} text={state} />
            </div>
            <p class="hint">
                {type}
                {source && ` · from: ${source}`}
                {setAt && ` · set ${moment(setAt)}${setBy ? ` by ${setBy}` : ""}`}
            </p>
            <Origins credential={credential} />
            {credential.problem && state !== "missing" && <p class="hint text-bad">{credential.problem}</p>}
            <div class="actions">
                <Button
                    disabled={!mayBeSet}
                    label={`${state === "missing" ? "Set" : "Replace"} ${scheme} of ${connector}`}
                    onClick={() => setAsked("set")}
                >
                    {state === "missing" ? "Set…" : "Replace…"}
                </Button>
                {state === "needs confirmation" && (
                    <Button onClick={() => setAsked("confirm")}>Confirm the servers…</Button>
                )}
                {state === "set" && <Button onClick={test}>Test</Button>}
                {state === "missing" && credential.howToSet && (
                    <Copy text={credential.howToSet} label="Copy as variables" />
                )}
                {isOwn && (
                    <Button kind="danger" onClick={() => setAsked("remove")}>
                        Remove…
                    </Button>
                )}
            </div>
            {asked === "set" && (
                <SetCredentialDialog credential={credential} onDone={done} onClose={() => setAsked(null)} />
            )}
            {asked === "confirm" && (
                <Confirm
                    title={`Send ${scheme} of ${connector} to these servers?`}
                    text={
                        <>
                            <p>
                                The connector's servers have changed since the credential was set. It is sent to none
                                until you confirm:
                            </p>
                            <p>
                                <strong>{origins.now.join(", ")}</strong>
                            </p>
                            {origins.bound.length > 0 && <p class="hint">Before: {origins.bound.join(", ")}</p>}
                        </>
                    }
                    action="Confirm"
                    isDanger={false}
                    onConfirm={() =>
                        attempt(
                            () =>
                                send("POST", pathOf(credential, "/confirm"), {
                                    body: writeJson({ origins: origins.now }),
                                    ifMatch: credential.etag,
                                }),
                            "The servers are confirmed.",
                        ).then(done)
                    }
                    onClose={() => setAsked(null)}
                />
            )}
            {asked === "remove" && (
                <Confirm
                    title={`Remove ${scheme} of ${connector}?`}
                    text="Calls that need it fail until another is set. It cannot be brought back."
                    action="Remove"
                    onConfirm={() =>
                        attempt(
                            () => send("DELETE", pathOf(credential), { ifMatch: credential.etag }),
                            "The credential is removed.",
                        ).then(done)
                    }
                    onClose={() => setAsked(null)}
                />
            )}
        </li>
    );
}

function Origins({ credential: { origins, state } }: { credential: Credential }) {
    if (state === "needs confirmation")
        return (
            <p class="hint">
                Bound to {origins.bound.join(", ") || "no server"}; the connector now calls{" "}
                {origins.now.join(", ") || "none"}.
            </p>
        );
    const shown = state === "set" && origins.bound.length > 0 ? origins.bound : origins.now;
    return (
        <p class="hint">
            {state === "set" ? "Sent to" : "For"} {shown.join(", ") || "no server"}.
        </p>
    );
}
