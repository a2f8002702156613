import type { ComponentChildren } from "preact";
import { messageOf } from "../data/api";
import type { Resource } from "../data/resource";
import { Button } from "./Button";

/** What was read, or why it was not; while it is read the first time, its place stays empty. */
export function Loaded<T>({
    resource,
    missing,
    children,
}: {
    resource: Resource<T>;
    /** Where this gateway has no such endpoint. */
    missing?: ComponentChildren;
    children: (data: T) => ComponentChildren;
}) {
    if (resource.isMissing && missing !== undefined) return <div class="empty">{missing}</div>;
    return (
        <>
            {resource.error !== undefined && <Failure error={resource.error} retry={resource.reload} />}
            {resource.data !== undefined
                ? children(resource.data)
                : resource.error === undefined && (
                      <p class="empty" aria-busy="true">
                          Reading…
                      </p>
                  )}
        </>
    );
}

export function Failure({ error, retry }: { error: unknown; retry?: () => void }) {
    return (
        <div class="failure" role="alert">
            <p>{messageOf(error)}</p>
            {retry && <Button onClick={retry}>Try again</Button>}
        </div>
    );
}
