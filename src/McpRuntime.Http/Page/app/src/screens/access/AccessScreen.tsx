import { useState } from "preact/hooks";
import { get } from "../../data/api";
import { useResource } from "../../data/resource";
import { Button } from "../../parts/Button";
import { Screen } from "../../parts/Screen";
import { NewTokenDialog } from "./NewTokenDialog";
import { RolesPanel } from "./RolesPanel";
import type { Role, Token } from "./tokens";
import { TokensPanel } from "./TokensPanel";
import { WhoMayCall } from "./WhoMayCall";

/** Tokens, what their roles grant, and who may call a tool. */
export function AccessScreen() {
    const tokens = useResource(async (signal) => (await get<{ tokens: Token[] }>("/v1/tokens", signal)).tokens, []);
    const roles = useResource(async (signal) => (await get<{ roles: Role[] }>("/v1/roles", signal)).roles, []);
    const [isNew, setNew] = useState(false);
    return (
        <Screen
            title="Access"
            about="Tokens of programs and users, and what their roles grant. You see those within your own rights."
            actions={
                <Button kind="main" onClick={() => setNew(true)}>
                    New token
                </Button>
            }
        >
            <TokensPanel tokens={tokens} />
            <div class="grid two">
                <RolesPanel roles={roles} />
                <WhoMayCall tokens={tokens.data ?? []} />
            </div>
            {isNew && <NewTokenDialog roles={roles.data ?? []} onDone={tokens.reload} onClose={() => setNew(false)} />}
        </Screen>
    );
}
