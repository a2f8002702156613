import { useLayoutEffect, useReducer } from "preact/hooks";

/** A value that components follow. */
export class Store<T> {
    readonly #listeners = new Set<() => void>();
    #value: T;

    constructor(value: T) {
        this.#value = value;
    }

    get value(): T {
        return this.#value;
    }

    set(value: T): void {
        if (Object.is(value, this.#value)) return;
        this.#value = value;
        for (const listener of [...this.#listeners]) listener();
    }

    subscribe(listener: () => void): () => void {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
    }
}

/** The value now; the component is drawn again when it changes. */
export function useStore<T>(store: Store<T>): T {
    const [, redraw] = useReducer<number, void>((count) => count + 1, 0);
    useLayoutEffect(() => store.subscribe(() => redraw()), [store]);
    return store.value;
}
