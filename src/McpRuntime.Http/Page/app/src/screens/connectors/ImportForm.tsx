import { useState } from "preact/hooks";
import { holdsIn, holds, type Caller } from "../../data/caller";
import type { Preview } from "../../data/connectors";
import { readProjects } from "../../data/projects";
import { useResource } from "../../data/resource";
import { Button } from "../../parts/Button";
import { Check, Field, SelectField, TextField } from "../../parts/Field";
import { Failure, Loaded } from "../../parts/Loaded";
import { createProject, preview, type ImportRequest } from "./importing";
import { PreviewView } from "./PreviewView";

const isNew = "+";

export function ImportForm({ caller, query }: { caller: Caller; query: URLSearchParams }) {
    const projects = useResource(readProjects, []);
    return (
        <Loaded resource={projects}>
            {(all) => {
                const own = all.map((project) => project.name).filter((name) => holdsIn(caller, "connectors", name));
                return <Form projects={own} mayCreate={holds(caller, "projects")} query={query} />;
            }}
        </Loaded>
    );
}

interface FormProps {
    projects: string[];
    mayCreate: boolean;
    query: URLSearchParams;
}

function Form({ projects, mayCreate, query }: FormProps) {
    const [request, setRequest] = useState<ImportRequest>({
        project: query.get("project") ?? projects[0] ?? isNew,
        url: "",
        document: "",
        name: query.get("connector") ?? "",
        baseUrl: "",
        readOnly: false,
    });
    const [newProject, setNewProject] = useState(projects.length === 0 ? "main" : "");
    const [error, setError] = useState<unknown>();
    const [found, setFound] = useState<{ request: ImportRequest; preview: Preview }>();
    const set = (change: Partial<ImportRequest>): void => setRequest({ ...request, ...change });
    const isAgain = query.has("connector");
    const look = async (): Promise<void> => {
        setError(undefined);
        setFound(undefined);
        try {
            let project = request.project;
            if (project === isNew) {
                await createProject(newProject.trim());
                project = newProject.trim();
                set({ project });
                projects.push(project);
            }
            const now = { ...request, project };
            setFound({ request: now, preview: await preview(now) });
        } catch (fault) {
            setError(fault);
        }
    };
    if (projects.length === 0 && !mayCreate)
        return <p class="empty">There is no project that you may import into. Ask someone who manages projects.</p>;
    return (
        <>
            <form class="form" onSubmit={(event) => event.preventDefault()}>
                <div class="grid two">
                    <TextField
                        label="URL of the OpenAPI document"
                        type="url"
                        value={request.url}
                        placeholder="https://api.example.com/openapi.json"
                        onChange={(url) => set({ url })}
                        hint={
                            isAgain
                                ? "None for the one that it was imported from last."
                                : "JSON or YAML, OpenAPI 3.x or Swagger 2.0."
                        }
                    />
                    <SelectField
                        label="Project"
                        value={request.project}
                        onChange={(project) => set({ project })}
                        hint="Who sees the tools: those whose roles reach the project."
                        options={[
                            ...projects.map((name) => [name, name] as const),
                            ...(mayCreate && !isAgain ? [[isNew, "New project…"] as const] : []),
                        ]}
                    />
                    {request.project === isNew && (
                        <TextField
                            label="Name of the new project"
                            value={newProject}
                            onChange={setNewProject}
                            hint="Small letters, digits and hyphens."
                            required
                        />
                    )}
                </div>
                <details>
                    <summary>A pasted document, another name, another server</summary>
                    <div class="form inset">
                        <Field label="The document itself" hint="Instead of a URL.">
                            {(attributes) => (
                                <textarea
                                    {...attributes}
                                    rows={6}
                                    value={request.document}
                                    onInput={(event) => set({ document: event.currentTarget.value })}
                                />
                            )}
                        </Field>
                        <div class="grid two">
                            <TextField
                                label="Name of the connector"
                                value={request.name}
                                onChange={(name) => set({ name })}
                                hint="By default from the document's title."
                            />
                            <TextField
                                label="Base URL"
                                type="url"
                                value={request.baseUrl}
                                onChange={(baseUrl) => set({ baseUrl })}
                                hint="By default the document's first server."
                            />
                        </div>
                        <Check
                            label="Read-only operations alone"
                            checked={request.readOnly}
                            onChange={(readOnly) => set({ readOnly })}
                        />
                    </div>
                </details>
                <div class="actions">
                    <Button
                        kind="main"
                        type="submit"
                        disabled={!isAgain && !request.url.trim() && !request.document.trim()}
                        onClick={look}
                    >
                        Preview
                    </Button>
                </div>
            </form>
            {error !== undefined && <Failure error={error} />}
            {found && <PreviewView {...found} key={found.preview.manifest} />}
        </>
    );
}
