import { signOut, type Caller } from "../data/caller";
import { Button } from "../parts/Button";

/** Someone that the gateway knows and that has nothing to do here. */
export function NoRole({ caller }: { caller: Caller }) {
    return (
        <div class="sign-in">
            <main>
                <h1>Nothing is open to you yet</h1>
                <p>
                    You are signed in as <strong>{caller.name || caller.id}</strong>, who has no role of this gateway.
                    Ask someone who manages it, and name this id:
                </p>
                <pre tabIndex={0}>{caller.id}</pre>
                <Button onClick={signOut}>Sign out</Button>
            </main>
        </div>
    );
}
