import { useEffect, useState } from "preact/hooks";
import { get, withQuery } from "../data/api";
import { begin } from "../data/caller";
import { Button } from "../parts/Button";
import { TextField } from "../parts/Field";
import { Mark } from "./Side";

/** `GET /sign-in/methods`. */
interface Methods {
    token: boolean;
    issuers: { name: string; url: string }[];
}

/** With an identity provider where the gateway has one, or with a token. */
export function SignIn({ fault }: { fault: string }) {
    const [methods, setMethods] = useState<Methods>({ token: true, issuers: [] });
    const [token, setToken] = useState("");
    useEffect(() => {
        document.title = "Sign in – McpRuntime";
        get<Methods>("/sign-in/methods").then(setMethods, () => {});
    }, []);
    return (
        <div class="sign-in">
            <main>
                <h1 class="brand">
                    <Mark /> Sign in to McpRuntime
                </h1>
                {methods.issuers.map(({ name, url }) => (
                    <a class="button main" key={url} href={returning(url)}>
                        Sign in with {name}
                    </a>
                ))}
                {methods.issuers.length > 0 && methods.token && <p class="or">or with a token</p>}
                {methods.token && (
                    <form
                        class="form"
                        onSubmit={(event) => {
                            event.preventDefault();
                            setToken("");
                            return void begin(token.trim());
                        }}
                    >
                        <TextField
                            label="Token"
                            type="password"
                            required
                            autofocus={methods.issuers.length === 0}
                            value={token}
                            onChange={setToken}
                            hint={
                                <>
                                    The first start of the gateway made one and printed the path of its file.{" "}
                                    <code>mcp-runtime-http token create</code> makes more.
                                </>
                            }
                        />
                        <Button kind="main" type="submit">
                            Sign in
                        </Button>
                    </form>
                )}
                <p class="fault" role="alert">
                    {fault}
                </p>
            </main>
        </div>
    );
}

// Back to the screen that was asked for.
function returning(url: string): string {
    const [path = "", query = ""] = url.split("?");
    return withQuery(path, { ...Object.fromEntries(new URLSearchParams(query)), return: `/${location.hash}` });
}
