using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Import.Merging;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.Schemas;

namespace McpRuntime.Import.Comparison;

/// <summary>Compares the two sides of one tool.</summary>
internal sealed class ToolComparison(ConnectorManifest existing, ConnectorManifest fresh)
{
    private readonly SchemaComparison _schemas = new(existing.Definitions, fresh.Definitions);
    private readonly HandEdits _edits = new(existing);

    internal IReadOnlyList<ManifestChange> Compare(ToolManifest old, ToolManifest now)
    {
        var changes = new List<ManifestChange>();
        if (old.Name != now.Name)
            changes.Add(new("name", true, $"The tool was renamed from {old.Name} to {now.Name}."));
        if (old.Endpoint != now.Endpoint)
            changes.Add(
                new(
                    "endpoint",
                    MethodOf(old) != MethodOf(now),
                    $"The endpoint was {old.Endpoint} and is {now.Endpoint}."
                )
            );
        if (old.Command != now.Command)
            changes.Add(
                new(
                    "command",
                    old.Command is not null,
                    old.Command is null
                        ? $"Its command is {now.Command} now."
                        : $"Its command was {old.Command} and is {now.Command?.ToString() ?? "not named"} now."
                )
            );
        if (old.Title != now.Title)
            changes.Add(new("title", false, "The title has changed."));
        if (old.Description != now.Description)
            changes.Add(new("description", false, "The description has changed."));
        CompareInputs(old, now, changes);
        CompareImported(old, now, changes);
        CompareOutputs(old, now, changes);
        if (old.Server != now.Server)
            changes.Add(
                new(
                    "server",
                    true,
                    $"The server was {old.Server ?? existing.BaseUrl} and is {now.Server ?? fresh.BaseUrl}; "
                        + "credentials have to be approved for it."
                )
            );
        if (!old.IsOlderForm && !ManifestEquality.Of(old with { Server = now.Server }, now))
            changes.Add(new("request", false, "The request is built differently."));
        if (old.Pagination != now.Pagination)
            changes.Add(new("pagination", false, "Its pages are asked for differently."));
        if (!ManifestEquality.Of(old.Security, now.Security))
            changes.Add(new("security", true, SecurityMessage(old, now)));
        if (old.Annotations != now.Annotations && old.Annotations != ToolHints.None)
            changes.Add(new("annotations", false, "The annotations have changed."));
        return changes;
    }

    private void CompareInputs(ToolManifest old, ToolManifest now, List<ManifestChange> changes)
    {
        if (old.InputSchema == now.InputSchema && existing.Definitions.Count == 0 && fresh.Definitions.Count == 0)
            return;
        var (before, after) = (Arguments(old), Arguments(now));
        foreach (var (name, (schema, isRequired)) in before)
        {
            if (!after.Remove(name, out var other))
            {
                changes.Add(new($"argument '{name}'", true, "It was removed."));
                continue;
            }
            if (other.IsRequired != isRequired)
                changes.Add(
                    new(
                        $"argument '{name}'",
                        other.IsRequired,
                        other.IsRequired ? "It is required now." : "It is no longer required."
                    )
                );
            var change = _schemas.Compare(schema, other.Schema, SchemaDirection.Input);
            if (change == SchemaChange.Breaking && Narrowed(schema, other.Schema) is { } narrowed)
                changes.Add(new($"argument '{name}'", true, narrowed));
            else
                Add($"argument '{name}'", change, changes);
        }
        foreach (var (name, (_, isRequired)) in after)
            changes.Add(new($"argument '{name}'", isRequired, isRequired ? "It is new and required." : "It is new."));
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
                new(
                    "input_schema",
                    true,
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
                changes.Add(new("output", false, "The output is described now."));
        }
        else if (now.OutputSchema is not { } after)
            changes.Add(new("output", true, "The output is no longer described."));
        else
            Add("output", _schemas.Compare(before.ToElement(), after.ToElement(), SchemaDirection.Output), changes);
    }

    private static void Add(string what, SchemaChange change, List<ManifestChange> changes)
    {
        if (change == SchemaChange.Breaking)
            changes.Add(new(what, true, "Values that were valid may no longer be valid."));
        else if (change == SchemaChange.Compatible)
            changes.Add(new(what, false, "More values are valid than before."));
        else if (change == SchemaChange.Words)
            changes.Add(new(what, false, "Its description has changed."));
    }

    private static string? MethodOf(ToolManifest tool) =>
        EndpointTemplate.TryParse(tool.Endpoint, out var endpoint) ? endpoint.Method : null;

    private string SecurityMessage(ToolManifest old, ToolManifest now)
    {
        var before = Scopes(old.Security ?? existing.Security);
        var scopes = Scopes(now.Security ?? fresh.Security).Except(before, StringComparer.Ordinal).ToList();
        return scopes.Count == 0
            ? "The security requirements have changed."
            : $"The security requirements have changed; new scopes: {string.Join(", ", scopes)}.";
    }

    private static IEnumerable<string> Scopes(IReadOnlyList<SecurityRequirement> security) =>
        security.SelectMany(requirement => requirement.Schemes.Values.SelectMany(scopes => scopes)).Distinct();

    // What an agent would notice first, in words; null where it is something else.
    private static string? Narrowed(JsonElement old, JsonElement now)
    {
        if (old.ValueKind != JsonValueKind.Object || now.ValueKind != JsonValueKind.Object)
            return null;
        var hasOld = old.TryGetProperty("enum"u8, out var before) && before.ValueKind == JsonValueKind.Array;
        var hasNew = now.TryGetProperty("enum"u8, out var after) && after.ValueKind == JsonValueKind.Array;
        if (!hasNew)
            return null;
        var left = after.EnumerateArray().Select(value => value.GetRawText()).ToList();
        if (!hasOld)
            return $"It accepts only {Listed(left)} now.";
        var gone = before.EnumerateArray().Select(value => value.GetRawText()).Except(left).ToList();
        return gone.Count == 0 ? null : $"It no longer accepts {Listed(gone)}.";
    }

    private static string Listed(List<string> values)
    {
        const int Most = 5;
        var text = string.Join(
            ", ",
            values.Take(Most).Select(value => UntrustedText.Shorten(UntrustedText.Clean(value), 40))
        );
        return values.Count <= Most ? text : $"{text} and {values.Count - Most} more";
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
