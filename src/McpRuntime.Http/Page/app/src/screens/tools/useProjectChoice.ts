import { folder } from "../connectors/state";
import { useConnectors } from "../connectors/useConnectors";

/** Where the user finds tools: the gateway's folder and projects, by the connectors in them. */
export function useProjectChoice(): string[] {
    const connectors = useConnectors().data ?? [];
    const names = new Set(connectors.map((connector) => connector.project ?? folder));
    return [...names].sort();
}
