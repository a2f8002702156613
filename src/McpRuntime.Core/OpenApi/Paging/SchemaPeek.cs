using System.Text.Json;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Paging;

/// <summary>Looks into schemas for what their authors mostly mean, through references and compositions.</summary>
internal sealed class SchemaPeek(ReferenceResolver resolver)
{
    private const int MaxHops = 12;

    /// <summary>The schema behind references and choices that leave nothing but null; null for none.</summary>
    public Node? Follow(Node schema)
    {
        for (var hops = 0; hops < MaxHops; hops++)
        {
            if (schema.Element.ValueKind != JsonValueKind.Object)
                return null;
            if (JsonRead.Text(schema.Element, "$ref"u8) is { } reference)
            {
                if (resolver.Resolve(schema.Resource, reference).Target is not { } target)
                    return null;
                schema = target.Node;
                continue;
            }
            if (Only(schema) is not { } only)
                return schema;
            schema = only;
        }
        return null;
    }

    /// <summary>The properties of an object, those of the members of <c>allOf</c> included.</summary>
    public List<(string Name, Node Schema)> Properties(Node schema)
    {
        var found = new List<(string, Node)>();
        Collect(schema, found, MaxHops);
        return found;
    }

    /// <summary>The schema says that values are of a type, null aside.</summary>
    public static bool Is(JsonElement schema, string type)
    {
        if (!JsonRead.TryGet(schema, "type"u8, out var said))
            return type switch
            {
                "array" => JsonRead.TryGet(schema, "items"u8, out _),
                "object" => JsonRead.TryGet(schema, "properties"u8, out _),
                _ => false,
            };
        if (said.ValueKind != JsonValueKind.Array)
            return said.ValueKind == JsonValueKind.String && said.ValueEquals(type);
        var isIt = false;
        foreach (var one in said.EnumerateArray())
        {
            if (one.ValueKind != JsonValueKind.String || one.ValueEquals("null"u8))
                continue;
            if (!one.ValueEquals(type))
                return false;
            isIt = true;
        }
        return isIt;
    }

    /// <summary>A text of the schema, in lower case; empty for none.</summary>
    public static string Words(JsonElement schema, ReadOnlySpan<byte> name) =>
        JsonRead.Text(schema, name)?.ToLowerInvariant() ?? "";

    private void Collect(Node start, List<(string, Node)> found, int hops)
    {
        if (hops == 0 || Follow(start) is not { } schema)
            return;
        if (schema.Object("properties") is { } properties)
        {
            foreach (var property in properties.Element.EnumerateObject())
                found.Add((JsonRead.Name(property), properties.Child(JsonRead.Name(property), property.Value)));
        }
        if (JsonRead.TryGetArray(schema.Element, "allOf"u8, out var members))
        {
            var index = 0;
            foreach (var member in members.EnumerateArray())
                Collect(schema.Child("allOf", members).Child(index++, member), found, hops - 1);
        }
    }

    // The only member of a composition that allows anything besides null.
    private static Node? Only(Node schema)
    {
        if (schema.Element.TryGetProperty("type"u8, out _) || schema.Element.TryGetProperty("properties"u8, out _))
            return null;
        foreach (var keyword in (ReadOnlySpan<string>)["allOf", "anyOf", "oneOf"])
        {
            if (schema.Child(keyword) is not { Element.ValueKind: JsonValueKind.Array } members)
                continue;
            Node? only = null;
            var index = -1;
            foreach (var member in members.Element.EnumerateArray())
            {
                index++;
                if (Is(member, "null"))
                    continue;
                if (only is not null)
                    return null;
                only = members.Child(index, member);
            }
            return only;
        }
        return null;
    }
}
