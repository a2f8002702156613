using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Json;
using McpRuntime.Json.Selecting;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Answers;

/// <summary>
/// Compares a selection with the schema of an answer. A name is only refused where the schema names the members of that
/// place and leaves no room for others.
/// </summary>
internal static class SelectCheck
{
    private const string Definitions = "#/definitions/";

    // A place that is described by more schemas than these is not checked.
    private const int MostSchemas = 2000;
    private const int MostNames = 30;

    /// <summary>What the answer will not have, with the names that are near; null for nothing.</summary>
    public static string? Explain(Selection selection, ConnectorManifest connector, ToolManifest tool)
    {
        if (tool.OutputSchema is not { } schema)
            return null;
        var faults = new List<string>();
        Check(selection.Root, "", [schema.ToElement()], connector, faults);
        return faults.Count == 0 ? null : string.Join(' ', faults);
    }

    private static void Check(
        SelectNode node,
        string path,
        List<JsonElement> schemas,
        ConnectorManifest connector,
        List<string> faults
    )
    {
        if (node.Members.Count == 0)
            return;
        var place = Place.Of(schemas, connector);
        if (place.IsOpen)
            return;
        foreach (var member in node.Members)
        {
            if (member.IsPattern)
                continue;
            var name = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (place.Members.TryGetValue(member.Name, out var below))
                Check(member, name, below, connector, faults);
            else
                faults.Add(
                    $"The answer has no '{UntrustedText.ForTerminal(name)}'.{Alternatives(member.Name, path, place)}"
                );
        }
    }

    private static string Alternatives(string name, string path, Place place)
    {
        if (NearNames.Nearest(name, place.Members.Keys) is { } near)
            return $" Did you mean '{UntrustedText.ForTerminal(path.Length == 0 ? near : $"{path}.{near}")}'?";
        var names = string.Join(
            ", ",
            place.Members.Keys.Take(MostNames).Select(other => UntrustedText.ForTerminal(other))
        );
        var more = place.Members.Count > MostNames ? ", …" : "";
        return $" There are: {names}{more}.";
    }

    private sealed class Place
    {
        private int _schemas;

        public OrderedDictionary<string, List<JsonElement>> Members { get; } = new(StringComparer.Ordinal);

        /// <summary>It may have any member, or its schema does not say which.</summary>
        public bool IsOpen { get; private set; }

        public static Place Of(List<JsonElement> schemas, ConnectorManifest connector)
        {
            var place = new Place();
            foreach (var schema in schemas)
                place.Add(schema, connector, depth: 0);
            place.IsOpen |= place.Members.Count == 0;
            return place;
        }

        private void Add(JsonElement schema, ConnectorManifest connector, int depth)
        {
            if (schema.ValueKind != JsonValueKind.Object || ++_schemas > MostSchemas || depth > 64)
            {
                IsOpen |= schema.ValueKind != JsonValueKind.False;
                return;
            }
            if (schema.TryGetProperty("$ref"u8, out var reference))
                AddReference(reference, connector, depth);
            if (schema.TryGetProperty("items"u8, out var items))
                Add(items, connector, depth + 1);
            foreach (var keyword in (ReadOnlySpan<string>)["allOf", "anyOf", "oneOf"])
            {
                if (schema.TryGetProperty(keyword, out var parts) && parts.ValueKind == JsonValueKind.Array)
                {
                    foreach (var part in parts.EnumerateArray())
                        Add(part, connector, depth + 1);
                }
            }
            AddMembers(schema);
        }

        private void AddMembers(JsonElement schema)
        {
            if (schema.TryGetProperty("properties"u8, out var properties))
            {
                foreach (var property in properties.EnumerateObject())
                {
                    if (!Members.TryGetValue(property.Name, out var known))
                        Members[property.Name] = known = [];
                    known.Add(property.Value);
                }
            }
            else if (
                schema.TryGetProperty("type"u8, out var type)
                && type.ValueKind == JsonValueKind.String
                && type.ValueEquals("object"u8)
                && !schema.TryGetProperty("allOf"u8, out _)
                && !schema.TryGetProperty("anyOf"u8, out _)
                && !schema.TryGetProperty("oneOf"u8, out _)
                && !schema.TryGetProperty("$ref"u8, out _)
            )
            {
                IsOpen = true;
            }
            IsOpen |=
                (
                    schema.TryGetProperty("additionalProperties"u8, out var others)
                    && others.ValueKind is JsonValueKind.True or JsonValueKind.Object
                ) || schema.TryGetProperty("patternProperties"u8, out _);
        }

        private void AddReference(JsonElement reference, ConnectorManifest connector, int depth)
        {
            if (
                reference.ValueKind == JsonValueKind.String
                && reference.GetString() is { } target
                && target.StartsWith(Definitions, StringComparison.Ordinal)
                && connector.Definitions.TryGetValue(JsonPointer.Unescape(target[Definitions.Length..]), out var schema)
            )
                Add(schema.ToElement(), connector, depth + 1);
            else
                IsOpen = true;
        }
    }
}
