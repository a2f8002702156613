import { useState } from "preact/hooks";
import { send } from "../../data/api";
import { writeJson } from "../../data/json";
import { attempt } from "../../data/notices";
import { Button } from "../../parts/Button";
import { CopyText } from "../../parts/Copy";
import { Dialog } from "../../parts/Dialog";
import { Check, SelectField, TextField } from "../../parts/Field";
import { wordsOf, type Role, type Token } from "./tokens";

interface NewTokenProps {
    roles: Role[];
    onDone: () => void;
    onClose: () => void;
}

const builtIn = ["reader", "user", "admin"];

/** Makes a token and shows its text, once. */
export function NewTokenDialog({ roles, onDone, onClose }: NewTokenProps) {
    const [name, setName] = useState("");
    const [chosen, setChosen] = useState<string[]>(["reader"]);
    const [projects, setProjects] = useState("");
    const [days, setDays] = useState("90");
    const [made, setMade] = useState<Token | null>(null);
    const names = roles.length > 0 ? roles.map((role) => role.name) : builtIn;
    const create = () =>
        attempt(async () => {
            const patterns = projects.split(/[\s,]+/).filter(Boolean);
            const { json } = await send("POST", "/v1/tokens", {
                body: writeJson({
                    name: name.trim(),
                    roles: chosen,
                    ...(patterns.length > 0 && { projects: patterns }),
                    ...(days ? { days: Number(days) } : { noExpiry: true }),
                }),
            });
            setMade(json as unknown as Token);
            onDone();
        });
    if (made)
        return (
            <Dialog title={`The token ${made.name}`} onClose={onClose}>
                <p>Copy it now: it is not shown again. The gateway keeps only a hash of it.</p>
                <CopyText text={made.token ?? ""} what="the token" />
                <div class="actions end">
                    <Button kind="main" onClick={onClose}>
                        Done
                    </Button>
                </div>
            </Dialog>
        );
    return (
        <Dialog title="New token" onClose={onClose}>
            <form class="form" onSubmit={(event) => event.preventDefault()}>
                <TextField
                    label="Name"
                    value={name}
                    onChange={setName}
                    required
                    autofocus
                    hint="What it is for, as lists and the audit show it."
                />
                <fieldset class="form">
                    <legend>Roles</legend>
                    {names.map((role) => (
                        <div key={role}>
                            <Check
                                label={role}
                                checked={chosen.includes(role)}
                                onChange={(isChosen) =>
                                    setChosen(isChosen ? [...chosen, role] : chosen.filter((one) => one !== role))
                                }
                            />
                            <Words role={roles.find((one) => one.name === role)} />
                        </div>
                    ))}
                </fieldset>
                <TextField
                    label="Projects"
                    value={projects}
                    onChange={setProjects}
                    hint="Names or patterns with * and ?. None for everything that the roles reach."
                />
                <SelectField
                    label="It ends"
                    value={days}
                    onChange={setDays}
                    options={[
                        ["7", "in 7 days"],
                        ["30", "in 30 days"],
                        ["90", "in 90 days"],
                        ["365", "in a year"],
                        ["", "never"],
                    ]}
                />
                <div class="actions end">
                    <Button onClick={onClose}>Cancel</Button>
                    <Button kind="main" type="submit" onClick={create} disabled={!name.trim() || chosen.length === 0}>
                        Make the token
                    </Button>
                </div>
            </form>
        </Dialog>
    );
}

const Words = ({ role }: { role: Role | undefined }) => (role ? <p class="hint">{wordsOf(role)}</p> : null);
