import { useState } from "preact/hooks";
import { signOut, type Caller } from "../data/caller";
import { live, type LiveState } from "../data/live";
import { href } from "../data/route";
import { useStore } from "../data/store";
import { Button } from "../parts/Button";
import { screenOf, screensOf } from "./screens";

/** Where one can go, who is signed in, and whether what is shown is live. */
export function Side({ caller, screen }: { caller: Caller; screen: string }) {
    const [isOpen, setOpen] = useState(false);
    const current = screenOf(screen, caller).name;
    return (
        <div class={`side ${isOpen ? "open" : ""}`}>
            <header class="bar">
                <a class="brand" href={href("overview")}>
                    <Mark /> McpRuntime
                </a>
                <button type="button" class="plain menu" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
                    Menu
                </button>
            </header>
            <nav aria-label="Screens" onClick={() => setOpen(false)}>
                <ul>
                    {screensOf(caller).map(({ name, title }) => (
                        <li key={name}>
                            <a href={href(name)} aria-current={name === current ? "page" : undefined}>
                                {title}
                            </a>
                        </li>
                    ))}
                </ul>
            </nav>
            <Who caller={caller} />
        </div>
    );
}

function Who({ caller }: { caller: Caller }) {
    const state = useStore(live);
    return (
        <section class="who" aria-label="You">
            <p class="live" role="status">
                <Live state={state} />
            </p>
            <p>
                <strong>{caller.name || caller.id}</strong>
            </p>
            <p class="hint">{caller.roles.join(", ") || "no roles"}</p>
            {caller.kind !== "local" && <Button onClick={signOut}>Sign out</Button>}
        </section>
    );
}

function Live({ state }: { state: LiveState }) {
    switch (state.phase) {
        case "off":
            return null;
        case "connecting":
            return <span class="muted">○ connecting</span>;
        case "retrying":
            return <span class="text-warn">▲ not connected; retrying</span>;
        default:
            return (
                <span class="text-good">
                    ● live
                    {state.dropped > 0 && <span class="muted">; {state.dropped} events were too many to show</span>}
                </span>
            );
    }
}

export const Mark = () => (
    <svg viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="7" fill="#1c5cc0" />
        <path
            d="M8 23V9l8 9 8-9v14"
            fill="none"
            stroke="#fff"
            stroke-width="3"
            stroke-linecap="round"
            stroke-linejoin="round"
        />
    </svg>
);
