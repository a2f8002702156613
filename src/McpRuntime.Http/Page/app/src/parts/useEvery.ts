import { useEffect, useReducer } from "preact/hooks";

/** Draws the component again at an interval of seconds: what it shows depends on the time. */
export function useEvery(seconds: number): void {
    const [, redraw] = useReducer<number, void>((count) => count + 1, 0);
    useEffect(() => {
        const timer = setInterval(() => document.hidden || redraw(), seconds * 1000);
        return () => clearInterval(timer);
    }, [seconds]);
}
