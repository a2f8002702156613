import { send } from "./api";
import { calls, type Call } from "./calls";
import { plural } from "./format";
import { history } from "./history";
import { addLine, type LogLine } from "./log";
import { session } from "./session";
import { Store } from "./store";

export interface LiveState {
    phase: "off" | "connecting" | "live" | "retrying";
    /** Events that came faster than this page read them. */
    dropped: number;
}

export const live = new Store<LiveState>({ phase: "off", dropped: 0 });

/** Grows when connectors, credentials or projects have changed somewhere: what is shown of them is read again. */
export const changes = new Store(0);

export const changed = (): void => changes.set(changes.value + 1);

type LiveEvent = { dropped?: number; time: string; replica?: string } & (
    | ({ type: "call.started" } & Started)
    | ({ type: "call.ended"; outcome: string; status?: number; durationMs: number } & Started)
    | { type: "breaker"; origin: string; state: string }
    | { type: "reload"; connectors: number; tools: number }
    | { type: "log"; line: LogLine }
);

interface Started {
    id: string;
    time: string;
    project?: string;
    connector: string;
    tool: string;
    caller: string;
}

const longest = 30_000;
let socket: WebSocket | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let wait = 1000;

/** Opens the live view and opens it again whenever it breaks, until it is stopped. */
export function startLive(): void {
    stopLive();
    wait = 1000;
    void open();
}

export function stopLive(): void {
    clearTimeout(timer);
    if (socket) socket.onclose = null;
    socket?.close();
    socket = undefined;
    live.set({ phase: "off", dropped: 0 });
}

async function open(): Promise<void> {
    live.set({ ...live.value, phase: live.value.phase === "retrying" ? "retrying" : "connecting" });
    try {
        const { json } = await send("POST", "/v1/runtime/tickets", { body: "{}" });
        const { ticket } = json as unknown as { ticket: string };
        const scheme = location.protocol === "https:" ? "wss" : "ws";
        socket = new WebSocket(`${scheme}://${location.host}/v1/runtime/stream?ticket=${encodeURIComponent(ticket)}`);
    } catch {
        return again();
    }
    socket.onopen = () => {
        wait = 1000;
        live.set({ ...live.value, phase: "live" });
    };
    socket.onmessage = (message) => take(JSON.parse(String(message.data)) as LiveEvent);
    socket.onclose = again;
}

function again(): void {
    if (session.value.phase !== "signedIn") return;
    live.set({ ...live.value, phase: "retrying" });
    timer = setTimeout(() => void open(), wait);
    wait = Math.min(wait * 2, longest);
}

function take(event: LiveEvent): void {
    if (event.dropped) live.set({ ...live.value, dropped: live.value.dropped + event.dropped });
    switch (event.type) {
        case "call.started":
            calls.add(callOf(event, event.replica));
            break;
        case "call.ended": {
            const call = {
                ...callOf(event, event.replica),
                outcome: event.outcome,
                status: event.status ?? null,
                durationMs: event.durationMs,
            };
            if (calls.add(call)) history.add(Date.parse(event.time), event.durationMs, event.outcome !== "ok");
            break;
        }
        case "breaker":
            addLine({
                time: event.time,
                level: event.state === "open" ? "error" : "information",
                category: "breaker",
                message: `The circuit breaker of ${event.origin} is ${event.state}.`,
            });
            changed();
            break;
        case "reload":
            addLine({
                time: event.time,
                level: "information",
                category: "reload",
                message: `Loaded ${plural(event.connectors, "connector")} with ${plural(event.tools, "tool")}.`,
            });
            changed();
            break;
        case "log":
            addLine({ ...event.line, replica: event.replica });
            break;
    }
}

const callOf = (event: Started, replica = ""): Call => ({
    id: event.id,
    time: event.time,
    project: event.project ?? "",
    connector: event.connector,
    tool: event.tool,
    caller: event.caller,
    replica,
    outcome: "",
    status: null,
    durationMs: null,
});
