import { useEffect } from "preact/hooks";
import { calls } from "../data/calls";
import { holds, type Caller } from "../data/caller";
import { readEarlierCalls } from "../data/earlier";
import { history } from "../data/history";
import { startLive, stopLive } from "../data/live";
import { log } from "../data/log";
import { forgetMetrics } from "../data/metrics";
import { notices } from "../data/notices";
import { useRoute } from "../data/route";
import { session } from "../data/session";
import { useStore } from "../data/store";
import { Notices } from "../parts/Notices";
import { NoRole } from "./NoRole";
import { screenOf } from "./screens";
import { Side } from "./Side";
import { SignIn } from "./SignIn";

export function App() {
    const state = useStore(session);
    if (state.phase === "starting") return <main aria-busy="true" />;
    if (state.phase === "signedOut") return <SignIn fault={state.fault} />;
    const { caller } = state;
    return caller.roles.length === 0 ? <NoRole caller={caller} /> : <Console caller={caller} key={caller.id} />;
}

function Console({ caller }: { caller: Caller }) {
    const route = useRoute();
    useEffect(() => {
        if (holds(caller, "runtime")) startLive();
        // Where it cannot be read, the charts begin with what happens from now on.
        if (holds(caller, "audit")) readEarlierCalls().catch(() => {});
        return forgetAll;
    }, [caller]);
    const { View } = screenOf(route.screen, caller);
    return (
        <div class="shell">
            <a class="button skip" href="#main" onClick={skip}>
                Skip to the content
            </a>
            <Side caller={caller} screen={route.screen} />
            <main id="main" tabIndex={-1}>
                <View caller={caller} route={route} />
            </main>
            <Notices />
        </div>
    );
}

// The part of the address after # is where the page is, so the focus is moved by hand.
function skip(event: Event): void {
    event.preventDefault();
    document.getElementById("main")?.focus();
}

// Nothing of one user is left for the next one.
function forgetAll(): void {
    stopLive();
    calls.clear();
    history.clear();
    forgetMetrics();
    log.set([]);
    notices.set([]);
}
