import { Store } from "./store";
import { messageOf } from "./api";

export interface Notice {
    id: number;
    kind: "good" | "bad";
    text: string;
    details: string[];
}

export const notices = new Store<readonly Notice[]>([]);
let next = 1;

export function notify(text: string, kind: Notice["kind"] = "good", details: string[] = []): void {
    const id = next++;
    notices.set([...notices.value.slice(-2), { id, kind, text, details }]);
    // What went well is seen on the screen too; what did not has to be read.
    if (kind === "good") setTimeout(() => dismiss(id), 8000);
}

export const dismiss = (id: number): void => notices.set(notices.value.filter((notice) => notice.id !== id));

/** Does something that the user asked for and tells how it went; true where it went well. */
export async function attempt(work: () => Promise<unknown>, done?: string): Promise<boolean> {
    try {
        await work();
        if (done) notify(done);
        return true;
    } catch (fault) {
        notify(messageOf(fault), "bad");
        return false;
    }
}
