import { date, moment } from "../../data/format";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { connect } from "./connect";
import { nameOf, type Account } from "./accounts";

export function AccountRow({ account, onRemove }: { account: Account; onRemove: () => void }) {
    return (
        <li>
            <div class="between">
                <h3>
                    {nameOf(account)} · {account.scheme}
                </h3>
                <Badge
                    kind={account.needsSignIn ? "warn" : "good"}
                    text={account.needsSignIn ? "needs a new sign-in" : (account.account ?? "connected")}
                />
            </div>
            <p class="hint">{detailsOf(account)}</p>
            <div class="actions">
                <Button onClick={() => connect(account)}>Connect again</Button>
                <Button kind="danger" onClick={onRemove}>
                    Disconnect…
                </Button>
            </div>
        </li>
    );
}

const detailsOf = ({ shared, profile, scopes, expires, connected, used }: Account): string =>
    [
        shared ? "shared by everyone" : "yours alone",
        profile !== "default" && `profile ${profile}`,
        scopes.length > 0 && `allowed: ${scopes.join(" ")}`,
        connected && `connected ${moment(connected)}`,
        used && `used ${moment(used)}`,
        expires && `until ${date(expires)}`,
    ]
        .filter(Boolean)
        .join(" · ");
