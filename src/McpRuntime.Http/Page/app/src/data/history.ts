import { Store } from "./store";

/** What the charts show: calls by the minute, for half an hour. */
export const minutesShown = 30;

// Durations are counted in steps of 10 %, so that a minute takes the same memory whatever happens in it.
const step = Math.log(1.1);
const steps = 160;
const least = 0.1;

export class Minute {
    calls = 0;
    errors = 0;
    readonly #counts = new Uint32Array(steps);

    add(durationMs: number, isError: boolean, count = 1): void {
        this.calls += count;
        if (isError) this.errors += count;
        const index = Math.round(Math.log(Math.max(durationMs, least) / least) / step);
        this.#counts[Math.min(index, steps - 1)]! += count;
    }

    /** In milliseconds, within 5 %; null where nothing was called. */
    percentile(share: number): number | null {
        if (this.calls === 0) return null;
        let left = Math.ceil(this.calls * share);
        for (let index = 0; index < steps; index++) {
            left -= this.#counts[index]!;
            if (left <= 0) return least * Math.exp(index * step);
        }
        return null;
    }

    join(other: Minute): void {
        this.calls += other.calls;
        this.errors += other.errors;
        other.#counts.forEach((count, index) => (this.#counts[index]! += count));
    }
}

class History extends Store<number> {
    readonly #minutes = new Map<number, Minute>();
    #waiting = false;

    add(time: number, durationMs: number, isError: boolean, count = 1): void {
        const key = Math.floor(time / 60_000);
        const now = Math.floor(Date.now() / 60_000);
        if (key <= now - minutesShown) return;
        let minute = this.#minutes.get(key);
        if (!minute) this.#minutes.set(key, (minute = new Minute()));
        minute.add(durationMs, isError, count);
        for (const old of this.#minutes.keys()) if (old <= now - minutesShown) this.#minutes.delete(old);
        if (this.#waiting) return;
        this.#waiting = true;
        setTimeout(() => {
            this.#waiting = false;
            this.set(this.value + 1);
        }, 500);
    }

    /** Oldest first, with the minutes in which nothing happened. */
    read(now = Date.now()): { start: number; minute: Minute }[] {
        const last = Math.floor(now / 60_000);
        return Array.from({ length: minutesShown }, (_, index) => {
            const key = last - minutesShown + 1 + index;
            return { start: key * 60_000, minute: this.#minutes.get(key) ?? new Minute() };
        });
    }

    clear(): void {
        this.#minutes.clear();
        this.set(this.value + 1);
    }
}

export const history = new History(0);
