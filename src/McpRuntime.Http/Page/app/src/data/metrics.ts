import { send } from "./api";
import { history } from "./history";

/** One line of `/metrics`. */
export interface Sample {
    name: string;
    labels: Record<string, string>;
    value: number;
}

export async function readMetrics(signal?: AbortSignal): Promise<Sample[]> {
    return parse((await send("GET", "/metrics", { signal })).text);
}

/** The text format of Prometheus, version 0.0.4. */
export function parse(text: string): Sample[] {
    const samples: Sample[] = [];
    for (const line of text.split("\n")) {
        const found = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line);
        if (found) samples.push({ name: found[1]!, labels: labelsOf(found[2] ?? ""), value: Number(found[3]) });
    }
    return samples;
}

export const valueOf = (samples: Sample[], name: string): number | undefined =>
    samples.find((sample) => sample.name === name)?.value;

function labelsOf(text: string): Record<string, string> {
    const labels: Record<string, string> = {};
    for (const [, name, value] of text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g))
        labels[name!] = value!.replace(/\\(.)/g, (_, escaped: string) => (escaped === "n" ? "\n" : escaped));
    return labels;
}

const durations = "mcp_server_operation_duration_seconds_bucket";
let before: Map<string, number> | undefined;

/**
 * Fills the charts for those who may not watch calls: from how the counts of `/metrics` grew since they were read
 * last. A count is of the bucket up to its bound, so durations are taken for the bounds.
 */
export function recordGrowth(samples: Sample[]): void {
    const now = new Map<string, number>();
    const below = new Map<string, number>();
    for (const { name, labels, value } of samples) {
        if (name !== durations) continue;
        const { le = "", ...series } = labels;
        const key = JSON.stringify(series);
        // Buckets are cumulative, in the order of their bounds.
        now.set(`${key} ${le}`, value - (below.get(key) ?? 0));
        below.set(key, value);
    }
    for (const [key, count] of now) {
        const grown = count - (before?.get(key) ?? (before ? 0 : count));
        const bound = Number(key.slice(key.lastIndexOf(" ") + 1).replace("+Inf", "60"));
        if (grown > 0) history.add(Date.now(), bound * 1000, key.includes('"error_type"'), grown);
    }
    before = now;
}

export const forgetMetrics = (): void => {
    before = undefined;
};
