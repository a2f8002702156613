using System.Text.Json;
using McpRuntime.Json.Schemas;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>The JSON types that schemas of a document allow, through references and compositions.</summary>
internal sealed class SchemaTypes(ReferenceResolver resolver)
{
    private const int MaxHops = 16;

    /// <summary>No value fits both of two schemas, but perhaps null.</summary>
    internal bool Exclude(JsonElement left, SpecResource leftResource, JsonElement right, SpecResource rightResource)
    {
        var (own, other) = (Of(left, leftResource, MaxHops), Of(right, rightResource, MaxHops));
        return (own.And(other) & ~JsonTypes.Null) == JsonTypes.None;
    }

    private JsonTypes Of(JsonElement schema, SpecResource resource, int hops)
    {
        if (schema.ValueKind != JsonValueKind.Object || hops == 0)
            return JsonTypes.All;
        var types = SchemaRepair.TypesOf(schema) is var own and not JsonTypes.None ? own : JsonTypes.All;
        if (JsonRead.Text(schema, "$ref"u8) is { } reference)
        {
            if (SchemaReference.IgnoresSiblings(resource.Document))
                types = JsonTypes.All;
            if (resolver.Resolve(resource, reference).Target is { } target)
                types = types.And(Of(target.Element, target.Resource, hops - 1));
            return types;
        }
        foreach (var member in Members(schema, "allOf"u8))
            types = types.And(Of(member, resource, hops - 1));
        return types.And(OfChoice(schema, "anyOf"u8, resource, hops)).And(OfChoice(schema, "oneOf"u8, resource, hops));
    }

    private JsonTypes OfChoice(JsonElement schema, ReadOnlySpan<byte> keyword, SpecResource resource, int hops)
    {
        var types = JsonTypes.None;
        foreach (var member in Members(schema, keyword))
            types |= Of(member, resource, hops - 1);
        return types == JsonTypes.None ? JsonTypes.All : types;
    }

    private static JsonElement.ArrayEnumerator Members(JsonElement schema, ReadOnlySpan<byte> keyword) =>
        JsonRead.TryGetArray(schema, keyword, out var members) ? members.EnumerateArray() : default;
}
