import { get } from "../../data/api";
import { holds, holdsIn } from "../../data/caller";
import { readMetrics, recordGrowth } from "../../data/metrics";
import { useResource } from "../../data/resource";
import type { Health, Runtime } from "../../data/runtime";
import { Screen } from "../../parts/Screen";
import type { ScreenProps } from "../../shell/screens";
import { Activity } from "./Activity";
import { Attention } from "./Attention";
import { Gateway } from "./Gateway";
import { LastErrors } from "./LastErrors";
import { Replicas } from "./Replicas";

/** What a team looks at first: is it well, is it busy, what went wrong. */
export function OverviewScreen({ caller }: ScreenProps) {
    const watches = holds(caller, "runtime");
    const mayControl = holdsIn(caller, "runtime", null);
    const health = useResource((signal) => get<Health>("/health", signal), [], 15);
    const runtime = useResource(
        async (signal) => (watches ? await get<Runtime>("/v1/runtime", signal) : null),
        [watches],
        15,
    );
    useResource(
        async (signal) => {
            if (!watches) recordGrowth(await readMetrics(signal));
        },
        [watches],
        15,
    );
    return (
        <Screen title="Overview">
            <Activity />
            <div class="grid two">
                <Gateway health={health} runtime={runtime} mayControl={mayControl} />
                <Attention mayImport={holds(caller, "connectors")} />
            </div>
            {runtime.data?.replicas && runtime.data.replicas.length > 1 && (
                <Replicas
                    replicas={runtime.data.replicas}
                    own={runtime.data.replica ?? ""}
                    mayControl={mayControl}
                    onChanged={runtime.reload}
                />
            )}
            {watches && <LastErrors />}
        </Screen>
    );
}
