using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Import.Merging;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.Schemas;
using static McpRuntime.Import.Comparison.ManifestChange;

namespace McpRuntime.Import.Comparison;

/// <summary>Compares the two sides of one tool.</summary>
internal sealed class ToolComparison(
    ConnectorManifest existing,
    ConnectorManifest fresh,
    InstructionComparison instructions
)
{
    private static readonly string[] AccessWords = ["read-only", "writing", "destructive"];

    private readonly SchemaComparison _schemas = new(existing.Definitions, fresh.Definitions);
    private readonly HandEdits _edits = new(existing);

    internal IReadOnlyList<ManifestChange> Compare(ToolManifest old, ToolManifest now)
    {
        var changes = new List<ManifestChange>();
        if (old.Name != now.Name)
            changes.Add(
                Breaking(DriftRules.ToolRenamed, "name", $"The tool was renamed from {old.Name} to {now.Name}.")
            );
        CompareEndpoints(old, now, changes);
        if (old.Command is null && now.Command is not null)
            changes.Add(Note(DriftRules.Command, "command", $"Its command is {now.Command} now."));
        else if (old.Command != now.Command)
            changes.Add(
                Breaking(
                    DriftRules.Command,
                    "command",
                    $"Its command was {old.Command} and is {now.Command?.ToString() ?? "not named"} now."
                )
            );
        if (old.Title != now.Title)
            changes.Add(Note(DriftRules.Text, "title", "The title has changed."));
        if (old.Description != now.Description)
            changes.Add(Note(DriftRules.Text, "description", "The description has changed."));
        changes.AddRange(instructions.Of(now));
        CompareInputs(old, now, changes);
        CompareImported(old, now, changes);
        CompareOutputs(old, now, changes);
        if (!old.IsOlderForm && !ManifestEquality.Of(old with { Server = now.Server }, now))
            changes.Add(Notable(DriftRules.Request, "request", "The request is built differently."));
        if (old.Pagination != now.Pagination)
            changes.Add(Note(DriftRules.Pagination, "pagination", "Its pages are asked for differently."));
        if (!ManifestEquality.Of(old.Security, now.Security))
            changes.Add(
                ConnectorComparison.OfSecurity(
                    old.Security ?? existing.Security,
                    now.Security ?? fresh.Security,
                    "The security requirements"
                )
            );
        return changes;
    }

    private void CompareEndpoints(ToolManifest old, ToolManifest now, List<ManifestChange> changes)
    {
        if (old.Endpoint != now.Endpoint)
        {
            var message = $"The endpoint was {old.Endpoint} and is {now.Endpoint}.";
            changes.Add(
                MethodOf(old) == MethodOf(now)
                    ? Notable(DriftRules.Path, "endpoint", message)
                    : Breaking(DriftRules.Method, "endpoint", message)
            );
        }
        if (old.Server != now.Server)
            changes.Add(
                ConnectorComparison.OfServer("server", old.Server ?? existing.BaseUrl, now.Server ?? fresh.BaseUrl)
            );
        var (before, after) = (Access(old), Access(now));
        if (after > before)
            changes.Add(
                Breaking(
                    DriftRules.Access,
                    "annotations",
                    $"It was {AccessWords[before]} and is {AccessWords[after]} now; review what clients may call "
                        + "without asking."
                )
            );
        else if (old.Annotations != now.Annotations && old.Annotations != ToolHints.None)
            changes.Add(Note(DriftRules.Annotations, "annotations", "The annotations have changed."));
    }

    private void CompareInputs(ToolManifest old, ToolManifest now, List<ManifestChange> changes)
    {
        if (old.InputSchema == now.InputSchema && existing.Definitions.Count == 0 && fresh.Definitions.Count == 0)
            return;
        var (before, after) = (Arguments(old), Arguments(now));
        foreach (var (name, (schema, isRequired)) in before)
        {
            var what = $"argument '{name}'";
            if (!after.Remove(name, out var other))
            {
                changes.Add(Breaking(DriftRules.ArgumentRemoved, what, "It was removed."));
                continue;
            }
            if (other.IsRequired && !isRequired)
                changes.Add(Breaking(DriftRules.ArgumentRequired, what, "It is required now."));
            else if (isRequired && !other.IsRequired)
                changes.Add(Note(DriftRules.ArgumentOptional, what, "It is no longer required."));
            var difference = _schemas.Compare(schema, other.Schema, SchemaDirection.Input);
            if (difference.Change == SchemaChange.Breaking)
                changes.Add(Breaking(difference.Rule, what, difference.Sentence));
            else if (difference.Change == SchemaChange.Compatible)
                changes.Add(Note(DriftRules.ArgumentWidened, what, "More values are valid than before."));
            else if (difference.Change == SchemaChange.Words)
                changes.Add(Note(DriftRules.Text, what, "Its description has changed."));
        }
        foreach (var (name, (_, isRequired)) in after)
            changes.Add(
                isRequired
                    ? Breaking(DriftRules.ArgumentRequired, $"argument '{name}'", "It is new and required.")
                    : Note(DriftRules.ArgumentAdded, $"argument '{name}'", "It is new.")
            );
    }

    // A schema that was changed by hand stays, and would hide what the document changed under it.
    private void CompareImported(ToolManifest old, ToolManifest now, List<ManifestChange> changes)
    {
        if (
            _edits.HasOwnRules(old)
            && SchemaFingerprint.TryParse(old.ImportedSchema)?.Rules
                != SchemaFingerprint.TryParse(now.ImportedSchema)?.Rules
        )
            changes.Add(
                Breaking(
                    DriftRules.SchemaKept,
                    "input_schema",
                    "The document's input schema has changed; the manifest keeps its own, which was changed "
                        + "by hand. Compare the two, then import again."
                )
            );
    }

    private void CompareOutputs(ToolManifest old, ToolManifest now, List<ManifestChange> changes)
    {
        if (old.OutputSchema is not { } before)
        {
            if (now.OutputSchema is not null)
                changes.Add(Note(DriftRules.OutputAdded, "output", "The output is described now."));
            return;
        }
        if (now.OutputSchema is not { } after)
        {
            changes.Add(Breaking(DriftRules.OutputRemoved, "output", "The output is no longer described."));
            return;
        }
        var difference = _schemas.Compare(before.ToElement(), after.ToElement(), SchemaDirection.Output);
        if (difference.Change == SchemaChange.Breaking)
            changes.Add(Breaking(DriftRules.OutputChanged, "output", difference.Sentence));
        else if (difference.Change == SchemaChange.Compatible)
            changes.Add(Note(DriftRules.OutputAdded, "output", "It promises more than before."));
        else if (difference.Change == SchemaChange.Words)
            changes.Add(Note(DriftRules.Text, "output", "Its description has changed."));
    }

    private static string? MethodOf(ToolManifest tool) =>
        EndpointTemplate.TryParse(tool.Endpoint, out var endpoint) ? endpoint.Method : null;

    // As ServedTool tells it: what a call may do, the worst last.
    private static int Access(ToolManifest tool)
    {
        var (method, hints) = (MethodOf(tool), tool.Annotations);
        return method is null or "DELETE" || hints.Destructive == true ? 2
            : method is "GET" or "HEAD" or "OPTIONS" or "QUERY" && hints.ReadOnly != false ? 0
            : 1;
    }

    private static Dictionary<string, (JsonElement Schema, bool IsRequired)> Arguments(ToolManifest tool)
    {
        var arguments = new Dictionary<string, (JsonElement, bool)>(StringComparer.Ordinal);
        var input = tool.InputSchema.ToElement();
        if (
            input.ValueKind != JsonValueKind.Object
            || !input.TryGetProperty("properties"u8, out var properties)
            || properties.ValueKind != JsonValueKind.Object
        )
            return arguments;
        var required = new HashSet<string>(JsonRead.Texts(input, "required"u8), StringComparer.Ordinal);
        foreach (var property in properties.EnumerateObject())
            arguments[property.Name] = (property.Value, required.Contains(property.Name));
        return arguments;
    }
}
