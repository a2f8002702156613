import { send } from "../../data/api";
import { attempt } from "../../data/notices";
import type { Account } from "./accounts";

/** Goes to the gateway's page that leads to the service and back. */
export const connect = ({
    connector,
    project,
    scheme,
    profile,
    shared,
}: Pick<Account, "connector" | "project"> & Partial<Account>): Promise<boolean> =>
    attempt(async () => {
        // What is not known is left out, and the gateway chooses it.
        const body = JSON.stringify({ connector, project: project ?? undefined, scheme, profile, shared });
        const { json } = await send("POST", "/v1/accounts/link", { body });
        location.assign((json as { url: string }).url);
    });
