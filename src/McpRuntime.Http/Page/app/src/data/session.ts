import { Store } from "./store";
import type { Caller } from "./caller";

/** Who is signed in to this page. */
export type SessionState =
    { phase: "starting" } | { phase: "signedOut"; fault: string } | { phase: "signedIn"; caller: Caller };

const stored = "token";

class Session extends Store<SessionState> {
    /** What was pasted; empty for a session cookie, which the script never sees. It ends with the browser's tab. */
    token = sessionStorage.getItem(stored) ?? "";

    keep(token: string): void {
        this.token = token;
        if (token) sessionStorage.setItem(stored, token);
        else sessionStorage.removeItem(stored);
    }

    leave(fault = ""): void {
        this.keep("");
        this.set({ phase: "signedOut", fault });
    }

    expire(): void {
        this.leave("You are not signed in any more: the token or the session has ended.");
    }
}

export const session = new Session({ phase: "starting" });
