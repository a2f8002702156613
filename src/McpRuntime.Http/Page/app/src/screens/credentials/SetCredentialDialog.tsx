import { useState } from "preact/hooks";
import { send } from "../../data/api";
import { writeJson } from "../../data/json";
import { attempt } from "../../data/notices";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Check, TextField } from "../../parts/Field";
import { isComplete, pathOf, type Credential } from "./credentials";

interface SetCredentialProps {
    credential: Credential;
    onDone: () => void;
    onClose: () => void;
}

/** Takes the fields of a credential, with the servers that it is for: both are sent together. */
export function SetCredentialDialog({ credential, onDone, onClose }: SetCredentialProps) {
    const [values, setValues] = useState<Record<string, string>>({});
    const [isConfirmed, setConfirmed] = useState(false);
    const { scheme, connector, fields, origins, etag } = credential;
    const save = async (): Promise<void> => {
        const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
        const isSaved = await attempt(
            () =>
                send("PUT", pathOf(credential), {
                    body: writeJson({ fields: given, origins: origins.now }),
                    ifMatch: etag,
                }),
            `${scheme} of ${connector} is set.`,
        );
        if (!isSaved) return;
        setValues({});
        onDone();
        onClose();
    };
    return (
        <Dialog title={`${scheme} of ${connector}`} onClose={onClose}>
            <form class="form" onSubmit={(event) => event.preventDefault()}>
                {fields.map(({ name, secret, required }, index) => (
                    <TextField
                        key={name}
                        label={required ? `${name} (required)` : name}
                        type={secret ? "password" : "text"}
                        value={values[name] ?? ""}
                        autofocus={index === 0}
                        onChange={(value) => setValues({ ...values, [name]: value })}
                    />
                ))}
                <Check
                    label={
                        <>
                            Send it to <strong>{origins.now.join(", ") || "no server"}</strong>
                        </>
                    }
                    checked={isConfirmed}
                    onChange={setConfirmed}
                />
                <p class="hint">
                    It is never shown again. If the connector's servers change, it is sent to none until someone
                    confirms them.
                </p>
                <div class="actions end">
                    <Button onClick={onClose}>Cancel</Button>
                    <Button
                        kind="main"
                        type="submit"
                        onClick={save}
                        disabled={!isConfirmed || !isComplete(credential, values)}
                    >
                        Set
                    </Button>
                </div>
            </form>
        </Dialog>
    );
}
