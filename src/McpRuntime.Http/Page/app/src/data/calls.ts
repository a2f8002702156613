import { Store } from "./store";

/** A call of a tool, as the live view and the audit tell it. */
export interface Call {
    id: string;
    time: string;
    project: string;
    connector: string;
    tool: string;
    caller: string;
    replica: string;
    /** Empty while it runs. */
    outcome: string;
    status: number | null;
    durationMs: number | null;
}

const most = 2000;

/** The newest calls first. Many at once are shown together: a table that is drawn for each would never be still. */
class Calls extends Store<readonly Call[]> {
    #byId = new Map<string, Call>();
    #waiting = false;

    /** Takes what is new of a call; true where it ended just now. */
    add(call: Call): boolean {
        const before = this.#byId.get(call.id);
        if (before && before.outcome !== "") return false;
        this.#byId.set(
            call.id,
            before ? { ...before, ...call, time: before.time, replica: call.replica || before.replica } : call,
        );
        this.#show();
        return call.outcome !== "";
    }

    clear(): void {
        this.#byId.clear();
        this.set([]);
    }

    #show(): void {
        if (this.#waiting) return;
        this.#waiting = true;
        setTimeout(() => {
            this.#waiting = false;
            const sorted = [...this.#byId.values()].sort((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0));
            for (const old of sorted.splice(most)) this.#byId.delete(old.id);
            this.set(sorted);
        }, 200);
    }
}

export const calls = new Calls([]);

export const isError = (call: Call): boolean => call.outcome !== "" && call.outcome !== "ok";

/** How it ended, e.g. `error 404`. */
export const outcomeOf = (call: Call): string =>
    call.outcome === "" ? "running" : call.status === null ? call.outcome : `${call.outcome} ${call.status}`;

export const connectorOf = (call: Call): string =>
    call.project ? `${call.project}/${call.connector}` : call.connector;
