import { get } from "../../data/api";
import type { Connector } from "../../data/connectors";
import { changes } from "../../data/live";
import { useResource, type Resource } from "../../data/resource";
import { useStore } from "../../data/store";

/** The connectors that the caller reaches, those of the folder and of projects. */
export function useConnectors(): Resource<Connector[]> {
    return useResource(
        async (signal) => (await get<{ connectors: Connector[] }>("/v1/connectors", signal)).connectors,
        [useStore(changes)],
        30,
    );
}
