import { useState } from "preact/hooks";
import { pathName, send } from "../../data/api";
import { writeJson } from "../../data/json";
import { attempt } from "../../data/notices";
import type { Project } from "../../data/projects";
import { Button } from "../../parts/Button";
import { Dialog } from "../../parts/Dialog";
import { Field, SelectField, TextField } from "../../parts/Field";

interface ProjectDialogProps {
    /** Null for a new one. */
    project?: Project;
    onDone: () => void;
    onClose: () => void;
}

export function ProjectDialog({ project, onDone, onClose }: ProjectDialogProps) {
    const [name, setName] = useState(project?.name ?? "");
    const [title, setTitle] = useState(project?.title ?? "");
    const [description, setDescription] = useState(project?.description ?? "");
    const [expose, setExpose] = useState<string>(project?.expose ?? "");
    const save = async (): Promise<void> => {
        const body = { title: title.trim() || name, description, expose: expose || null };
        const isSaved = await attempt(
            () =>
                project
                    ? send("PUT", `/v1/projects/${pathName(project.name)}`, {
                          body: writeJson(body),
                          ifMatch: project.etag,
                      })
                    : send("POST", "/v1/projects", { body: writeJson({ name, ...body }), ifNoneMatch: "*" }),
            project ? "The project is changed." : `The project ${name} is made.`,
        );
        if (!isSaved) return;
        onDone();
        onClose();
    };
    return (
        <Dialog title={project ? `Change ${project.name}` : "New project"} onClose={onClose}>
            <form class="form" onSubmit={(event) => event.preventDefault()}>
                {!project && (
                    <TextField
                        label="Name"
                        value={name}
                        onChange={setName}
                        required
                        autofocus
                        hint="Small letters, digits and hyphens; it is in the MCP address and stays."
                    />
                )}
                <TextField label="Title" value={title} onChange={setTitle} />
                <Field label="Description" hint="What assistants read about the project.">
                    {(attributes) => (
                        <textarea
                            {...attributes}
                            rows={3}
                            value={description}
                            onInput={(event) => setDescription(event.currentTarget.value)}
                        />
                    )}
                </Field>
                <SelectField
                    label="MCP clients see"
                    value={expose}
                    onChange={setExpose}
                    options={[
                        ["", "the gateway's default"],
                        ["all", "all tools"],
                        ["search", "tools to search with"],
                        ["auto", "all tools where they are few, else a search"],
                    ]}
                />
                <div class="actions end">
                    <Button onClick={onClose}>Cancel</Button>
                    <Button kind="main" type="submit" onClick={save} disabled={!name}>
                        Save
                    </Button>
                </div>
            </form>
        </Dialog>
    );
}
