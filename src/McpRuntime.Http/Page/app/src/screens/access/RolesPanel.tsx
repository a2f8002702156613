import type { Resource } from "../../data/resource";
import { Loaded } from "../../parts/Loaded";
import { Panel } from "../../parts/Panel";
import { wordsOf, type Role } from "./tokens";

export function RolesPanel({ roles }: { roles: Resource<Role[]> }) {
    return (
        <Panel title="Roles">
            <Loaded resource={roles}>
                {(all) => (
                    <ul class="rows">
                        {all.map((role) => (
                            <li key={role.name}>
                                <h3>{role.name}</h3>
                                <p class="hint">{wordsOf(role)}</p>
                            </li>
                        ))}
                    </ul>
                )}
            </Loaded>
            <p class="hint">More roles come from the file that MCP_RUNTIME_ROLES_FILE names.</p>
        </Panel>
    );
}
