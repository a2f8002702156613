import { send, withQuery } from "../../data/api";
import { writeJson } from "../../data/json";

/** Begins or ends a drain, of one replica or of the gateway as a whole. */
export const drain = (draining: boolean, replica = ""): Promise<unknown> =>
    send("POST", withQuery("/v1/runtime/drain", { replica }), { body: writeJson({ draining }) });

/** Stops one replica: that which answers, where none is named. */
export const stop = (replica = ""): Promise<unknown> => send("POST", withQuery("/v1/runtime/stop", { replica }));
