import { Fragment, type ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";

const size = 60;

/**
 * A long list that is drawn as far as it is looked at: a keystroke in a search draws the first rows alone, however
 * many there are.
 */
export function Chunks<T>({
    items,
    children,
}: {
    items: readonly T[];
    children: (item: T, index: number) => ComponentChildren;
}) {
    const [count, setCount] = useState(size);
    const end = useRef<HTMLLIElement>(null);
    useLayoutEffect(() => setCount(size), [items.length, items[0]]);
    const hasMore = count < items.length;
    useEffect(() => {
        if (!end.current) return;
        const watcher = new IntersectionObserver(
            (entries) => entries.some((entry) => entry.isIntersecting) && setCount((before) => before + size),
            { rootMargin: "600px" },
        );
        watcher.observe(end.current);
        return () => watcher.disconnect();
    }, [hasMore, count]);
    return (
        <>
            {items.slice(0, count).map((item, index) => (
                <Fragment key={index}>{children(item, index)}</Fragment>
            ))}
            {hasMore && (
                <li ref={end} class="hint">
                    <button type="button" class="plain small" onClick={() => setCount((before) => before + size)}>
                        {items.length - count} more
                    </button>
                </li>
            )}
        </>
    );
}
