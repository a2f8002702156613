import { useLayoutEffect, useState } from "preact/hooks";

/** Where the page is: `#/tools/shop?search=pet` is the screen `tools`, the path `["shop"]` and its query. */
export interface Route {
    screen: string;
    path: string[];
    query: URLSearchParams;
}

export function readRoute(hash = location.hash): Route {
    const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
    const [screen = "", ...rest] = path.split("/").map(decode);
    return {
        screen: screen || "overview",
        path: rest.filter((part) => part !== ""),
        query: new URLSearchParams(query),
    };
}

export function href(screen: string, path: string[] = [], query: Record<string, string> = {}): string {
    const parts = [screen, ...path].map(encodeURIComponent).join("/");
    const parameters = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== "")).toString();
    return `#/${parts}${parameters ? `?${parameters}` : ""}`;
}

export const go = (target: string): void => {
    location.hash = target;
};

/** Changes the address without a new entry in the browser's history: for what is typed into a filter. */
export const replace = (target: string): void => history.replaceState(null, "", target);

export function useRoute(): Route {
    const [route, setRoute] = useState(readRoute);
    useLayoutEffect(() => {
        const changed = (): void => setRoute(readRoute());
        addEventListener("hashchange", changed);
        return () => removeEventListener("hashchange", changed);
    }, []);
    return route;
}

function decode(part: string): string {
    try {
        return decodeURIComponent(part);
    } catch {
        return part;
    }
}
