using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Cmdlets.Values;

/// <summary>A schema that holds what the references in it mean.</summary>
/// <param name="root">A bundled schema; one that is not an object holds nothing.</param>
internal readonly struct SchemaRoot(JsonElement root)
{
    /// <summary>
    /// How many schemas are looked at for one value. A reference may lead back to where it is, and a server may send
    /// alternatives of alternatives that never end.
    /// </summary>
    public const int MaxSchemas = 256;

    /// <summary>The schema that <c>$ref</c> of a schema means; null where it has none that is known.</summary>
    public JsonElement? Target(JsonElement schema) =>
        Member(schema, "$ref") is { ValueKind: JsonValueKind.String } reference ? Find(reference.GetString()!) : null;

    /// <summary>A member of an object; undefined for everything else.</summary>
    public static JsonElement Member(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out var value) ? value : default;

    /// <summary>The items of a member that is an array.</summary>
    public static IEnumerable<JsonElement> Members(JsonElement schema, string name) =>
        Member(schema, name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : [];

    /// <summary>A member that is text.</summary>
    public static string? Text(JsonElement schema, string name) =>
        Member(schema, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private JsonElement? Find(string reference) =>
        reference.StartsWith('#') && root.ValueKind == JsonValueKind.Object
            ? JsonPointer.Find(root, Uri.UnescapeDataString(reference[1..]))
            : null;
}
