import { useState } from "preact/hooks";
import { send } from "../../data/api";
import { date } from "../../data/format";
import { attempt } from "../../data/notices";
import type { Resource } from "../../data/resource";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { Confirm } from "../../parts/Dialog";
import { Check } from "../../parts/Field";
import { Loaded } from "../../parts/Loaded";
import { Panel } from "../../parts/Panel";
import { Table } from "../../parts/Table";
import { isActive, type Token } from "./tokens";

export function TokensPanel({ tokens }: { tokens: Resource<Token[]> }) {
    const [showsAll, setShowsAll] = useState(false);
    const [asked, setAsked] = useState<Token | null>(null);
    return (
        <Panel
            title="Tokens"
            actions={<Check label="Revoked and expired ones too" checked={showsAll} onChange={setShowsAll} />}
        >
            <Loaded resource={tokens}>
                {(all) => (
                    <Table
                        label="Tokens"
                        rows={showsAll ? all : all.filter(isActive)}
                        keyOf={(token) => token.id}
                        empty="No token yet that you may manage. Make one for each program that calls the gateway."
                        columns={[
                            { title: "Name", cell: (token) => token.name },
                            { title: "Roles", cell: (token) => token.roles.join(", ") },
                            { title: "Projects", cell: (token) => token.projects?.join(", ") ?? "all of its roles" },
                            { title: "State", cell: (token) => <State token={token} /> },
                            { title: "Made", cell: (token) => date(token.created), kind: "rare" },
                            { title: "Id", cell: (token) => <code>{token.id}</code>, kind: "rare" },
                            {
                                title: "Revoke",
                                cell: (token) =>
                                    isActive(token) && (
                                        <Button label={`Revoke ${token.name}`} onClick={() => setAsked(token)}>
                                            Revoke…
                                        </Button>
                                    ),
                            },
                        ]}
                    />
                )}
            </Loaded>
            {asked && (
                <Confirm
                    title={`Revoke ${asked.name}?`}
                    text="Whatever uses this token is refused at once. This cannot be undone."
                    action="Revoke"
                    onConfirm={() =>
                        attempt(
                            () => send("DELETE", `/v1/tokens/${encodeURIComponent(asked.id)}`),
                            `${asked.name} is revoked.`,
                        ).then(tokens.reload)
                    }
                    onClose={() => setAsked(null)}
                />
            )}
        </Panel>
    );
}

function State({ token }: { token: Token }) {
    if (token.revoked) return <Badge kind="idle" text={`revoked ${date(token.revoked)}`} />;
    if (!isActive(token)) return <Badge kind="idle" text={`expired ${date(token.expires!)}`} />;
    return <Badge kind="good" text={token.expires ? `until ${date(token.expires)}` : "no expiry"} />;
}
