import { useState } from "preact/hooks";
import { writeJson, type JsonObject } from "../../data/json";
import type { ListedTool } from "../../data/tools";
import { Button } from "../../parts/Button";
import { CopyText } from "../../parts/Copy";
import { finish, type Value } from "../../schema/value";
import { curl, powerShell, clientConfiguration } from "./snippets";

const forms = [
    ["curl", "curl"],
    ["powershell", "PowerShell"],
    ["client", "Client configuration"],
    ["schema", "Input schema"],
] as const;

type Form = (typeof forms)[number][0];

/** The same call from elsewhere. The token is named by a variable, never written. */
export function CopyAs({ tool, project, value }: { tool: ListedTool; project: string; value: Value }) {
    const [form, setForm] = useState<Form | null>(null);
    const text = (): string => {
        const sent = writeJson((finish(value, "", []) ?? {}) as JsonObject);
        switch (form) {
            case "curl":
                return curl(tool.name, project, sent);
            case "powershell":
                return powerShell(tool.name, project, sent);
            case "client":
                return clientConfiguration(tool.connector, project);
            default:
                return writeJson(tool.inputSchema, 2);
        }
    };
    return (
        <div class="copy-as">
            <div class="tabs" role="group" aria-label="Copy as">
                <span class="muted">Copy as</span>
                {forms.map(([name, title]) => (
                    <Button key={name} pressed={form === name} onClick={() => setForm(form === name ? null : name)}>
                        {title}
                    </Button>
                ))}
            </div>
            {form && <CopyText text={text()} what={forms.find(([name]) => name === form)![1]} />}
        </div>
    );
}
