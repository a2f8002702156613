import { useState } from "preact/hooks";
import { get, send, withQuery } from "../../data/api";
import { attempt } from "../../data/notices";
import { useResource } from "../../data/resource";
import { Confirm } from "../../parts/Dialog";
import { Loaded } from "../../parts/Loaded";
import { Panel } from "../../parts/Panel";
import { Screen } from "../../parts/Screen";
import { AccountRow } from "./AccountRow";
import { ConnectForm } from "./ConnectForm";
import { keyOf, nameOf, type Account } from "./accounts";

/** The accounts at other services with which the caller's tools work. */
export function AccountsScreen() {
    const accounts = useResource((signal) => get<Account[]>("/v1/accounts", signal), []);
    const [asked, setAsked] = useState<Account | null>(null);
    const remove = ({ connector, project, scheme, profile, shared }: Account) =>
        attempt(
            () => send("DELETE", withQuery("/v1/accounts", { connector, project, scheme, profile, shared })),
            "The account is disconnected.",
        ).then(accounts.reload);
    return (
        <Screen title="My accounts" about="Your accounts at the services behind tools. Passwords stay at the services.">
            <Panel title="Accounts">
                <Loaded resource={accounts} missing="This gateway keeps no accounts of its users.">
                    {(all) =>
                        all.length === 0 ? (
                            <p class="empty">
                                None is connected. When a tool needs one, its answer has the link that connects it; or
                                choose a connector below.
                            </p>
                        ) : (
                            <ul class="rows">
                                {all.map((account) => (
                                    <AccountRow
                                        key={keyOf(account)}
                                        account={account}
                                        onRemove={() => setAsked(account)}
                                    />
                                ))}
                            </ul>
                        )
                    }
                </Loaded>
            </Panel>
            <Panel title="Connect an account">
                <ConnectForm />
            </Panel>
            {asked && (
                <Confirm
                    title={`Disconnect ${nameOf(asked)}?`}
                    text={
                        asked.shared
                            ? "It is revoked at the service. Everyone's calls that need it fail until it is connected."
                            : "It is revoked at the service. Your calls that need it fail until you connect it again."
                    }
                    action="Disconnect"
                    onConfirm={() => remove(asked)}
                    onClose={() => setAsked(null)}
                />
            )}
        </Screen>
    );
}
