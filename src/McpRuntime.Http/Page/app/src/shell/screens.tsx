import type { ComponentType } from "preact";
import { holds, type Caller, type Right } from "../data/caller";
import type { Route } from "../data/route";
import { AccessScreen } from "../screens/access/AccessScreen";
import { AccountsScreen } from "../screens/accounts/AccountsScreen";
import { AuditScreen } from "../screens/audit/AuditScreen";
import { CallsScreen } from "../screens/calls/CallsScreen";
import { ConnectorsScreen } from "../screens/connectors/ConnectorsScreen";
import { CredentialsScreen } from "../screens/credentials/CredentialsScreen";
import { LogScreen } from "../screens/log/LogScreen";
import { OverviewScreen } from "../screens/overview/OverviewScreen";
import { ProjectsScreen } from "../screens/projects/ProjectsScreen";
import { ToolsScreen } from "../screens/tools/ToolsScreen";

export interface ScreenProps {
    caller: Caller;
    route: Route;
}

interface ScreenEntry {
    name: string;
    title: string;
    /** One of these rights shows it; none for every caller. */
    rights: Right[];
    View: ComponentType<ScreenProps>;
}

const all: ScreenEntry[] = [
    { name: "overview", title: "Overview", rights: [], View: OverviewScreen },
    { name: "connectors", title: "Connectors", rights: [], View: ConnectorsScreen },
    { name: "tools", title: "Tools", rights: [], View: ToolsScreen },
    { name: "calls", title: "Calls", rights: ["runtime"], View: CallsScreen },
    {
        name: "projects",
        title: "Projects",
        rights: ["projects", "connectors", "credentials", "network"],
        View: ProjectsScreen,
    },
    { name: "access", title: "Access", rights: ["tokens"], View: AccessScreen },
    { name: "credentials", title: "Credentials", rights: ["credentials"], View: CredentialsScreen },
    { name: "audit", title: "Audit", rights: ["audit"], View: AuditScreen },
    { name: "log", title: "Log", rights: ["runtime"], View: LogScreen },
    { name: "accounts", title: "My accounts", rights: [], View: AccountsScreen },
];

/** The screens that the caller can do something on. */
export const screensOf = (caller: Caller): ScreenEntry[] =>
    all.filter((screen) => screen.rights.length === 0 || screen.rights.some((right) => holds(caller, right)));

/** The screen of this name, or the first one where there is none for the caller. */
export const screenOf = (name: string, caller: Caller): ScreenEntry => {
    const screens = screensOf(caller);
    return screens.find((screen) => screen.name === name) ?? screens[0]!;
};
