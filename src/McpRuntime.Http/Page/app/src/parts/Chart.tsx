import { useState } from "preact/hooks";

export interface Line {
    name: string;
    values: (number | null)[];
    kind: "accent" | "bad" | "second";
}

interface ChartProps {
    /** What a screen reader says instead of the picture. */
    label: string;
    lines: Line[];
    /** Of each value. */
    times: string[];
    format: (value: number) => string;
    isBars?: boolean;
}

const width = 300;
const height = 64;

/** A small chart. The pointer shows what there was at a time; its height starts at zero. */
export function Chart({ label, lines, times, format, isBars }: ChartProps) {
    const [at, setAt] = useState<number | null>(null);
    const most = Math.max(...lines.flatMap((line) => line.values.map((value) => value ?? 0)), 0);
    const count = times.length;
    const x = (index: number): number => (isBars ? ((index + 0.5) / count) * width : (index / (count - 1)) * width);
    const y = (value: number): number => height - 2 - (most === 0 ? 0 : (value / most) * (height - 6));
    return (
        <figure class="chart">
            <svg
                viewBox={`0 0 ${width} ${height}`}
                preserveAspectRatio="none"
                role="img"
                aria-label={label}
                onPointerMove={(event) => {
                    const box = event.currentTarget.getBoundingClientRect();
                    setAt(
                        Math.max(0, Math.min(count - 1, Math.floor(((event.clientX - box.left) / box.width) * count))),
                    );
                }}
                onPointerLeave={() => setAt(null)}
            >
                <line class="base" x1="0" x2={width} y1={height - 1} y2={height - 1} />
                {at !== null && <line class="cursor" x1={x(at)} x2={x(at)} y1="0" y2={height} />}
                {lines.map((line) =>
                    isBars ? (
                        line.values.map((value, index) =>
                            value ? (
                                <rect
                                    key={index}
                                    class={line.kind}
                                    x={(index / count) * width + 1}
                                    width={width / count - 2}
                                    y={y(value)}
                                    height={height - 1 - y(value)}
                                />
                            ) : null,
                        )
                    ) : (
                        <path key={line.name} class={line.kind} d={pathOf(line.values, x, y)} />
                    ),
                )}
            </svg>
            <figcaption>
                {at === null
                    ? `${times[0]} to ${times[count - 1]}`
                    : [times[at], ...lines.map(({ name, values }) => `${name} ${valueText(values[at], format)}`)].join(
                          " · ",
                      )}
            </figcaption>
        </figure>
    );
}

const valueText = (value: number | null | undefined, format: (value: number) => string): string =>
    value === null || value === undefined ? "–" : format(value);

// Minutes without a value are gaps; a value alone is a short dash, or it would not be seen.
function pathOf(values: (number | null)[], x: (index: number) => number, y: (value: number) => number): string {
    let path = "";
    values.forEach((value, index) => {
        if (value === null) return;
        const hasBefore = index > 0 && values[index - 1] !== null;
        const hasAfter = index < values.length - 1 && values[index + 1] !== null;
        path += `${hasBefore ? "L" : "M"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
        if (!hasBefore && !hasAfter) path += "h4";
    });
    return path;
}
