using System.Text.Json;

namespace McpRuntime.Json.Schemas;

/// <summary>Objects that several schemas describe together, each of which may forbid what another requires.</summary>
internal sealed partial class ImpossibleSchemas
{
    private string? OfComposition(JsonElement schema, int depth)
    {
        if (!IsComposed(schema))
            return null;
        var parts = new List<JsonElement>();
        Collect(schema, parts, depth);
        if (OfRequired(parts, parts, depth) is { } reason)
            return reason;
        foreach (var part in parts)
        {
            if ((OfChoice(part, "anyOf"u8, parts, depth) ?? OfChoice(part, "oneOf"u8, parts, depth)) is { } own)
                return own;
        }
        return null;
    }

    private static bool IsComposed(JsonElement schema) =>
        schema.TryGetProperty("allOf"u8, out _)
        || (
            (
                schema.TryGetProperty("$ref"u8, out _)
                || schema.TryGetProperty("anyOf"u8, out _)
                || schema.TryGetProperty("oneOf"u8, out _)
            )
            && (
                schema.TryGetProperty("properties"u8, out _)
                || schema.TryGetProperty("required"u8, out _)
                || IsRestricted(schema)
            )
        );

    private static bool IsRestricted(JsonElement schema) =>
        schema.TryGetProperty("additionalProperties"u8, out var additional)
        && !IsEverything(additional)
        && !schema.TryGetProperty("patternProperties"u8, out _);

    // Every schema that always applies to the same object.
    private void Collect(JsonElement schema, List<JsonElement> parts, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > MaxDepth || ++_steps > MaxSteps)
            return;
        parts.Add(schema);
        if (
            schema.TryGetProperty("$ref"u8, out var reference)
            && NameOf(reference) is { } name
            && Definition(name) is { } definition
            && !parts.Contains(definition)
        )
            Collect(definition, parts, depth + 1);
        foreach (var member in Members(schema, "allOf"u8))
            Collect(member, parts, depth + 1);
    }

    private string? OfChoice(JsonElement schema, ReadOnlySpan<byte> keyword, List<JsonElement> parts, int depth)
    {
        string? why = null;
        foreach (var member in Members(schema, keyword))
        {
            var branch = new List<JsonElement>();
            Collect(member, branch, depth + 1);
            if (OfRequired(branch, [.. parts, .. branch], depth) is not { } own)
                return null;
            why ??= own;
        }
        return why;
    }

    // What one part requires must fit them all.
    private string? OfRequired(List<JsonElement> requiring, List<JsonElement> parts, int depth)
    {
        foreach (var part in requiring)
        {
            foreach (var name in Members(part, "required"u8))
            {
                if (name.ValueKind == JsonValueKind.String && OfProperty(name.GetString()!, parts, depth) is { } reason)
                    return reason;
            }
        }
        return null;
    }

    private string? OfProperty(string name, List<JsonElement> parts, int depth)
    {
        var schemas = new List<JsonElement>();
        foreach (var part in parts)
        {
            if (
                part.TryGetProperty("properties"u8, out var properties)
                && properties.ValueKind == JsonValueKind.Object
                && properties.TryGetProperty(name, out var property)
            )
                schemas.Add(property);
            else if (IsRestricted(part) && part.TryGetProperty("additionalProperties"u8, out var additional))
            {
                if (additional.ValueKind == JsonValueKind.False)
                    return $"it requires '{Show(name)}', which a part of it forbids";
                schemas.Add(additional);
            }
        }
        if (schemas.Count < 2)
            return null;
        var types = schemas.Aggregate(JsonTypes.All, (known, schema) => known.And(Types(schema, depth + 1)));
        return types == JsonTypes.None
            ? $"the required '{Show(name)}' has types that exclude each other in its parts"
            : null;
    }
}
