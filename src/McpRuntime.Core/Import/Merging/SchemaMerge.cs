using System.Buffers;
using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Import.Merging;

/// <summary>
/// Keeps the schemas that were changed by hand when a document is imported again: what an owner allowed or forbade
/// stays until the owner changes it. The recorded fingerprint becomes the new document's, so that the edit is still
/// known as one the next time.
/// </summary>
internal sealed class SchemaMerge(ConnectorManifest existing, ConnectorManifest fresh)
{
    private readonly HandEdits _edits = new(existing);
    private readonly List<KeptEdit> _kept = [];
    private readonly List<Finding> _findings = [];
    private readonly List<JsonText> _keptTexts = [];

    internal IReadOnlyList<KeptEdit> Kept => _kept;

    internal IReadOnlyList<Finding> Findings => _findings;

    /// <summary>A new tool with the schema of the earlier one where that was changed by hand.</summary>
    internal ToolManifest Merge(ToolManifest earlier, ToolManifest tool)
    {
        if (!_edits.IsChanged(earlier) || HandEdits.IsSame(earlier.InputSchema, tool.InputSchema))
            return tool;
        if (earlier.IsOlderForm)
        {
            Warn(
                $"The input schema of '{earlier.Endpoint}' was in version 1 format and was replaced by the "
                    + $"document's; limits that were added to it are lost. Compare with the earlier manifest."
            );
            return tool;
        }
        _keptTexts.Add(earlier.InputSchema);
        var (before, now) = Differences(earlier.InputSchema, tool.InputSchema);
        _kept.Add(new KeptEdit(tool.Endpoint, "input_schema", before, now));
        var merged = tool with { InputSchema = earlier.InputSchema };
        // Each argument has one location. Where the document has other arguments now, the earlier locations go with
        // them.
        return Names(earlier.InputSchema).SetEquals(Names(tool.InputSchema))
            ? merged
            : merged with
            {
                Arguments = earlier.Arguments,
                Body = earlier.Body,
                Fixed = earlier.Fixed,
            };
    }

    /// <summary>The shared schemas, once all tools are merged.</summary>
    internal IReadOnlyDictionary<string, JsonText> Definitions()
    {
        var definitions = new OrderedDictionary<string, JsonText>(StringComparer.Ordinal);
        foreach (var (name, text) in fresh.Definitions)
            definitions.Add(name, text);
        foreach (var name in _edits.Definitions)
        {
            var own = existing.Definitions[name];
            if (!definitions.TryGetValue(name, out var text) || HandEdits.IsSame(own, text))
                continue;
            definitions[name] = own;
            _keptTexts.Add(own);
            _kept.Add(new KeptEdit($"#/definitions/{name}", "definition", own.ToString(), text.ToString()));
        }
        AddReached(definitions);
        foreach (var name in _edits.Definitions)
        {
            if (!definitions.ContainsKey(name))
                Warn(
                    $"The shared schema '{name}' may have been changed by hand, and the document no longer "
                        + $"has it. Compare with the earlier manifest."
                );
        }
        return definitions.Count == fresh.Definitions.Count && _keptTexts.Count == 0 ? fresh.Definitions : definitions;
    }

    // What was kept may refer to shared schemas that the document no longer has.
    private void AddReached(OrderedDictionary<string, JsonText> definitions)
    {
        for (var i = 0; i < _keptTexts.Count; i++)
        {
            foreach (var reference in SchemaScan.Of(_keptTexts[i].Utf8.Span).References)
            {
                if (
                    existing.Definitions.TryGetValue(reference.Name, out var text)
                    && definitions.TryAdd(reference.Name, text)
                )
                    _keptTexts.Add(text);
            }
        }
    }

    private void Warn(string message) =>
        _findings.Add(new Finding(ManifestRules.EditLost, FindingSeverity.Warning, message));

    private static HashSet<string> Names(JsonText schema) => [.. Properties(schema).Keys];

    // The arguments that differ, on both sides; the whole schemas where it is none of them.
    private static (string Before, string Now) Differences(JsonText before, JsonText now)
    {
        var (old, fresh) = (Properties(before), Properties(now));
        foreach (var name in old.Keys.Intersect(fresh.Keys).ToList())
        {
            if (!HandEdits.IsSame(old[name], fresh[name]))
                continue;
            old.Remove(name);
            fresh.Remove(name);
        }
        return old.Count + fresh.Count == 0 ? (before.ToString(), now.ToString()) : (Text(old), Text(fresh));
    }

    private static OrderedDictionary<string, JsonText> Properties(JsonText schema)
    {
        var found = new OrderedDictionary<string, JsonText>(StringComparer.Ordinal);
        if (
            schema.ToElement() is { ValueKind: JsonValueKind.Object } root
            && root.TryGetProperty("properties"u8, out var properties)
            && properties.ValueKind == JsonValueKind.Object
        )
        {
            foreach (var property in properties.EnumerateObject())
                found[property.Name] = JsonText.From(property.Value);
        }
        return found;
    }

    private static string Text(OrderedDictionary<string, JsonText> properties)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            foreach (var (name, schema) in properties)
            {
                json.WritePropertyName(name);
                schema.WriteTo(json);
            }
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
