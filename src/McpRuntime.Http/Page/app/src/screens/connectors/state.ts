import type { Connector } from "../../data/connectors";
import { href } from "../../data/route";
import type { Kind } from "../../parts/Badge";

const kinds: Record<Connector["state"], Kind> = {
    ready: "good",
    disabled: "idle",
    "not reviewed": "warn",
    broken: "bad",
    "needs credentials": "warn",
    "breaker open": "bad",
};

export const stateKind = (state: Connector["state"]): Kind => kinds[state];

/** The part of an address for connectors of the gateway's folder, which have no project. */
export const folder = "-";

/** Where a connector is, in words. */
export const placeOf = ({ project }: Pick<Connector, "project">): string =>
    project ? `project ${project}` : "gateway's folder";

/** It needs someone. */
export const needsAttention = ({ state }: Connector): boolean => state !== "ready" && state !== "disabled";

export const linkTo = ({ project, name }: Pick<Connector, "project" | "name">): string =>
    href("connectors", [project ?? folder, ...name.split("/")]);
