import type { ScreenProps } from "../../shell/screens";
import { ConnectorDetail } from "./ConnectorDetail";
import { ConnectorList } from "./ConnectorList";
import { ImportScreen } from "./ImportScreen";
import { folder } from "./state";

export function ConnectorsScreen({ caller, route }: ScreenProps) {
    const [first, ...rest] = route.path;
    if (first === "import") return <ImportScreen caller={caller} query={route.query} key={route.query.toString()} />;
    if (first !== undefined && rest.length > 0)
        return (
            <ConnectorDetail
                caller={caller}
                project={first === folder ? null : first}
                name={rest.join("/")}
                key={route.path.join("/")}
            />
        );
    return <ConnectorList caller={caller} />;
}
