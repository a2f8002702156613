import { Store } from "./store";

export interface LogLine {
    time: string;
    level: string;
    category: string;
    message: string;
    correlationId?: string;
    replica?: string;
}

const most = 1000;

/** Newest first. */
export const log = new Store<readonly LogLine[]>([]);

export const addLine = (line: LogLine): void => log.set([line, ...log.value].slice(0, most));

/** Lines of before this page was opened, oldest first, as the gateway gives them. */
export function addEarlier(lines: LogLine[]): void {
    const known = new Set(log.value.map((line) => line.time + line.message));
    const earlier = lines.filter((line) => !known.has(line.time + line.message)).reverse();
    log.set([...log.value, ...earlier].sort((a, b) => b.time.localeCompare(a.time)).slice(0, most));
}
