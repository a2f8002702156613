import { useEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "./api";

export interface Resource<T> {
    /** What was read last; it stays while it is read again. */
    data: T | undefined;
    error: unknown;
    /** This gateway has no such endpoint. */
    isMissing: boolean;
    reload: () => void;
}

/**
 * Reads something when the component appears, when a dependency changes, and at an interval of seconds while the
 * page is looked at.
 */
export function useResource<T>(
    load: (signal: AbortSignal) => Promise<T>,
    dependencies: unknown[],
    everySeconds = 0,
): Resource<T> {
    const [state, setState] = useState<{ data?: T; error?: unknown; key: string }>({ key: "" });
    const [turn, setTurn] = useState(0);
    const newest = useRef(load);
    newest.current = load;
    const key = JSON.stringify(dependencies);
    useEffect(() => {
        const abort = new AbortController();
        newest.current(abort.signal).then(
            (data) => abort.signal.aborted || setState({ data, key }),
            (error: unknown) =>
                abort.signal.aborted ||
                setState((before) => ({ data: before.key === key ? before.data : undefined, error, key })),
        );
        return () => abort.abort();
    }, [key, turn]);
    useEffect(() => {
        if (everySeconds === 0) return;
        const timer = setInterval(() => document.hidden || setTurn((count) => count + 1), everySeconds * 1000);
        return () => clearInterval(timer);
    }, [everySeconds]);
    return {
        data: state.data,
        error: state.error,
        isMissing: state.error instanceof ApiError && state.error.status === 404,
        reload: () => setTurn((count) => count + 1),
    };
}
