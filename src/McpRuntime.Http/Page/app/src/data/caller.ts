import { ApiError, get, messageOf, send } from "./api";
import { session } from "./session";

export type Right = "tokens" | "projects" | "connectors" | "credentials" | "network" | "audit" | "runtime";

/** `GET /v1/caller`. */
export interface Caller {
    id: string;
    kind: "apiToken" | "jwt" | "session" | "local";
    name: string;
    roles: string[];
    /** Held for the whole gateway. */
    rights: Right[];
    projectRights: { projects: string[]; rights: Right[] }[];
    access: "none" | "read" | "write" | "destructive";
    expires: string | null;
}

/** The caller has the right somewhere. */
export const holds = (caller: Caller, right: Right): boolean =>
    caller.rights.includes(right) || caller.projectRights.some((some) => some.rights.includes(right));

/** The caller has the right for a project, or for the gateway itself where that is null. */
export const holdsIn = (caller: Caller, right: Right, project: string | null): boolean =>
    caller.rights.includes(right) ||
    (project !== null &&
        caller.projectRights.some(
            (some) => some.rights.includes(right) && some.projects.some((p) => matches(p, project)),
        ));

/** Patterns of projects: `*` any characters, `?` one. */
export function matches(pattern: string, name: string): boolean {
    const expression = pattern
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".");
    return new RegExp(`^${expression}$`).test(name);
}

/** Looks who is there: with the token of before, with a session cookie, or as a program of this machine. */
export async function begin(token = session.token): Promise<void> {
    const isTyped = token !== session.token;
    session.token = token;
    try {
        const caller = await get<Caller>("/v1/caller");
        session.keep(token);
        session.set({ phase: "signedIn", caller });
    } catch (fault) {
        const isRefused = fault instanceof ApiError && fault.status === 401;
        session.leave(isRefused ? (isTyped ? "This token is not accepted." : "") : messageOf(fault));
    }
}

export async function signOut(): Promise<void> {
    const state = session.value;
    if (state.phase === "signedIn" && state.caller.kind === "session") {
        try {
            await send("POST", "/sign-out");
        } catch {
            // The cookie ends by itself; there is nothing to show that the user could do.
        }
    }
    session.leave();
}
