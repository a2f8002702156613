import type { ComponentChildren } from "preact";

export interface Column<T> {
    title: string;
    cell: (row: T) => ComponentChildren;
    /** `number` is aligned to the right, `wide` takes what is left, `rare` is not shown on a narrow screen. */
    kind?: "number" | "wide" | "rare" | undefined;
}

interface TableProps<T> {
    label: string;
    columns: Column<T>[];
    rows: readonly T[];
    keyOf: (row: T) => string;
    empty: ComponentChildren;
}

/** A table that scrolls by itself where it is wider than its place. */
export function Table<T>({ label, columns, rows, keyOf, empty }: TableProps<T>) {
    if (rows.length === 0) return <div class="empty">{empty}</div>;
    return (
        <div class="table" role="group" aria-label={label} tabIndex={0}>
            <table>
                <thead>
                    <tr>
                        {columns.map((column) => (
                            <th key={column.title} scope="col" class={column.kind}>
                                {column.title}
                            </th>
                        ))}
                    </tr>
                </thead>
                <tbody>
                    {rows.map((row) => (
                        <tr key={keyOf(row)}>
                            {columns.map((column) => (
                                <td key={column.title} class={column.kind}>
                                    {column.cell(row)}
                                </td>
                            ))}
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}
