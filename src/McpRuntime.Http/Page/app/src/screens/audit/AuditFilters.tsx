import { Button } from "../../parts/Button";
import { SelectField, TextField } from "../../parts/Field";
import type { InputType } from "../../parts/Input";

export interface AuditFilter {
    caller: string;
    action: string;
    tool: string;
    connector: string;
    project: string;
    outcome: string;
    /** As the browser's field gives it, in local time. */
    since: string;
    until: string;
}

/** The same in the query of the API, whose times are in UTC. */
export const queryOf = ({ since, until, ...rest }: AuditFilter): Record<string, string> => ({
    ...rest,
    since: since && new Date(since).toISOString(),
    until: until && new Date(until).toISOString(),
});

interface AuditFiltersProps {
    filter: AuditFilter;
    onChange: (filter: AuditFilter) => void;
    onApply: () => void;
}

export function AuditFilters({ filter, onChange, onApply }: AuditFiltersProps) {
    const field = (name: keyof AuditFilter, label: string, type: InputType = "search") => (
        <TextField
            label={label}
            type={type}
            value={filter[name]}
            onChange={(value) => onChange({ ...filter, [name]: value })}
        />
    );
    return (
        <form
            class="filters"
            onSubmit={(event) => {
                event.preventDefault();
                onApply();
            }}
        >
            {field("caller", "Caller")}
            {field("action", "Action")}
            {field("tool", "Tool")}
            {field("connector", "Connector")}
            {field("project", "Project")}
            <SelectField
                label="Outcome"
                value={filter.outcome}
                onChange={(outcome) => onChange({ ...filter, outcome })}
                options={["", "ok", "error", "refused", "cancelled"].map((one) => [one, one || "All"] as const)}
            />
            {field("since", "Since", "datetime-local")}
            {field("until", "Until", "datetime-local")}
            <Button type="submit" kind="main">
                Show
            </Button>
        </form>
    );
}
