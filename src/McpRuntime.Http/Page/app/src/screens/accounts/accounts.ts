/** `GET /v1/accounts`. */
export interface Account {
    connector: string;
    project: string | null;
    scheme: string;
    profile: string;
    /** Used for calls of everyone. */
    shared: boolean;
    account: string | null;
    scopes: string[];
    /** Null where it is renewed by itself. */
    expires: string | null;
    connected: string | null;
    used: string | null;
    needsSignIn: boolean;
}

export const nameOf = ({ project, connector }: Pick<Account, "project" | "connector">): string =>
    project ? `${project} / ${connector}` : connector;

export const keyOf = (account: Account): string =>
    `${nameOf(account)}#${account.scheme}#${account.profile}#${account.shared}`;
