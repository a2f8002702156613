using System.Text.Json;
using McpRuntime.Json;
using McpRuntime.Json.Schemas;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.References;
using McpRuntime.OpenApi.Schemas;

namespace McpRuntime.OpenApi.Projection;

/// <summary>The one value that a schema allows: nothing to ask a caller for.</summary>
internal static class SingleValue
{
    /// <summary>As JSON text; null where the schema allows more, or a value that is not a scalar.</summary>
    internal static JsonText? Json(Node? schema, ReferenceResolver resolver) =>
        Find(schema, resolver) is { } value ? JsonText.From(value) : null;

    /// <summary>As the text of a parameter.</summary>
    internal static string? Text(Node? schema, ReferenceResolver resolver) =>
        Find(schema, resolver) is { } value ? JsonRead.Scalar(value) : null;

    // Of the schema's type: a text in the enum of a number is the number.
    private static JsonElement? Find(Node? schema, ReferenceResolver resolver)
    {
        if (
            schema is not { } start
            || PlainObject.Follow(start, resolver) is not { Element.ValueKind: JsonValueKind.Object } node
            || JsonRead.IsTrue(node.Element, "nullable"u8)
        )
            return null;
        if (!JsonRead.TryGet(node.Element, "const"u8, out var only))
        {
            if (!JsonRead.TryGetArray(node.Element, "enum"u8, out var values) || values.GetArrayLength() != 1)
                return null;
            only = values[0];
        }
        if (!IsScalar(only))
            return null;
        var types = SchemaRepair.TypesOf(node.Element);
        if (types.Allows(only))
            return only;
        // The enum of an array is about its items.
        if ((types & JsonTypes.Array) != 0)
            return null;
        return TypedValue.Of(only, types) is { } text ? JsonElement.Parse(text) : only;
    }

    private static bool IsScalar(JsonElement value) =>
        value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
        || (value.ValueKind == JsonValueKind.String && JsonRead.Text(value) is { Length: > 0 });
}
