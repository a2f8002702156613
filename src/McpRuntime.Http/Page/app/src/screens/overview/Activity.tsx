import { clock, duration, number, plural } from "../../data/format";
import { history, Minute, minutesShown } from "../../data/history";
import { useStore } from "../../data/store";
import { Chart } from "../../parts/Chart";
import { Panel } from "../../parts/Panel";
import { useEvery } from "../../parts/useEvery";

const percent = (share: number): string => `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;

/** Calls, errors and durations of the last half hour. */
export function Activity() {
    useStore(history);
    useEvery(15);
    const minutes = history.read();
    const times = minutes.map(({ start }) => clock(start).replace(/:\d\d(?=\D*$)/, ""));
    const all = new Minute();
    for (const { minute } of minutes) all.join(minute);
    const now = minutes[minutes.length - 1]!.minute;
    const errorShare = all.calls === 0 ? 0 : all.errors / all.calls;
    const p50 = all.percentile(0.5);
    const p95 = all.percentile(0.95);
    const durations = p50 === null ? "no calls" : `p50 ${duration(p50)}, p95 ${duration(p95!)}`;
    return (
        <div class="grid tiles">
            <Panel title="Calls per minute">
                <p class="big">{number(now.calls)}</p>
                <p class="hint">
                    this minute; {number(all.calls)} in {minutesShown} minutes
                </p>
                <Chart
                    label={`Calls per minute: ${plural(all.calls, "call")} in ${minutesShown} minutes.`}
                    lines={[{ name: "calls", kind: "accent", values: minutes.map(({ minute }) => minute.calls) }]}
                    times={times}
                    format={number}
                    isBars
                />
            </Panel>
            <Panel title="Error rate">
                <p class={`big ${errorShare > 0.05 ? "text-bad" : ""}`}>{percent(errorShare)}</p>
                <p class="hint">
                    {number(all.errors)} of {plural(all.calls, "call")} failed
                </p>
                <Chart
                    label={`Error rate: ${percent(errorShare)} in ${minutesShown} minutes.`}
                    lines={[
                        {
                            name: "failed",
                            kind: "bad",
                            values: minutes.map(({ minute }) => minute.calls && minute.errors / minute.calls),
                        },
                    ]}
                    times={times}
                    format={percent}
                    isBars
                />
            </Panel>
            <Panel
                title="Duration"
                actions={
                    <p class="legend">
                        <span class="accent">p50</span> <span class="second">p95</span>
                    </p>
                }
            >
                <p class="big">{p50 === null ? "–" : `${duration(p50)} / ${duration(p95!)}`}</p>
                <p class="hint">half and 95 % of the calls took at most</p>
                <Chart
                    label={`Duration in ${minutesShown} minutes: ${durations}.`}
                    lines={[
                        { name: "p95", kind: "second", values: minutes.map(({ minute }) => minute.percentile(0.95)) },
                        { name: "p50", kind: "accent", values: minutes.map(({ minute }) => minute.percentile(0.5)) },
                    ]}
                    times={times}
                    format={duration}
                />
            </Panel>
        </div>
    );
}
