using System.Text.Json;
using McpRuntime.Http;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.References;
using McpRuntime.OpenApi.Schemas;

namespace McpRuntime.OpenApi.Projection;

/// <summary>
/// Whether the property of a multipart body is a file, or a list of files, in whichever words: behind references, a
/// single <c>allOf</c>, <c>anyOf</c> or <c>oneOf</c> with null, and lists of types.
/// </summary>
internal static class FileSchema
{
    private const int MaxDepth = 16;

    internal static ArgumentShape ShapeOf(Node property, ReferenceResolver resolver) =>
        ShapeOf(property, resolver, MaxDepth);

    /// <summary>
    /// The schema that says what a value is, behind whatever only refers to it or adds null; null where that is not
    /// one.
    /// </summary>
    internal static Node? Behind(Node schema, ReferenceResolver resolver)
    {
        for (var depth = 0; depth < MaxDepth; depth++)
        {
            if (Follow(schema, resolver) is not { Element.ValueKind: JsonValueKind.Object } meant)
                return null;
            if (Choices(meant, resolver) is not { } choices)
                return meant;
            if (choices.Count != 1)
                return null;
            schema = choices[0];
        }
        return null;
    }

    internal static bool IsType(Node schema, ReadOnlySpan<byte> name)
    {
        if (!JsonRead.TryGet(schema.Element, "type"u8, out var type))
            return false;
        if (type.ValueKind != JsonValueKind.Array)
            return type.ValueKind == JsonValueKind.String && type.ValueEquals(name);
        var isIt = false;
        foreach (var entry in type.EnumerateArray())
        {
            if (entry.ValueKind != JsonValueKind.String || (!entry.ValueEquals(name) && !entry.ValueEquals("null"u8)))
                return false;
            isIt |= entry.ValueEquals(name);
        }
        return isIt;
    }

    private static ArgumentShape ShapeOf(Node property, ReferenceResolver resolver, int depth)
    {
        if (depth == 0 || Follow(property, resolver) is not { Element.ValueKind: JsonValueKind.Object } schema)
            return ArgumentShape.Schema;
        if (IsBytes(schema))
            return ArgumentShape.File;
        if (Choices(schema, resolver) is { } choices)
            return OfChoices(choices, resolver, depth - 1);
        if (IsType(schema, "array"u8) && JsonRead.Text(schema.Element, "format"u8) == "binary")
            return ArgumentShape.Files;
        return schema.Object("items") is { } items && ShapeOf(items, resolver, depth - 1) == ArgumentShape.File
            ? ArgumentShape.Files
            : ArgumentShape.Schema;
    }

    // In 3.1 a description may be next to a reference, and changes nothing about what a value is.
    private static Node? Follow(Node schema, ReferenceResolver resolver)
    {
        for (var hops = 0; hops < MaxDepth; hops++)
        {
            if (
                PlainObject.Follow(schema, resolver) is not { } meant
                || JsonRead.Text(meant.Element, "$ref"u8) is not { } reference
            )
                return PlainObject.Follow(schema, resolver);
            if (!IsWordsOnly(meant.Element, besidesReference: true))
                return meant;
            if (resolver.Resolve(meant.Resource, reference).Target is not { } target)
                return null;
            schema = target.Node;
        }
        return null;
    }

    // A file or several files are files; a file or something else is what the document says.
    private static ArgumentShape OfChoices(List<Node> choices, ReferenceResolver resolver, int depth)
    {
        var shape = ArgumentShape.File;
        foreach (var choice in choices)
        {
            var own = ShapeOf(choice, resolver, depth);
            if (own is not (ArgumentShape.File or ArgumentShape.Files))
                return ArgumentShape.Schema;
            if (own == ArgumentShape.Files)
                shape = own;
        }
        return choices.Count > 0 ? shape : ArgumentShape.Schema;
    }

    // The members of anyOf or oneOf but null, or the one member of allOf; null where the schema is not made of others.
    private static List<Node>? Choices(Node schema, ReferenceResolver resolver)
    {
        foreach (var keyword in (ReadOnlySpan<string>)["anyOf", "oneOf", "allOf"])
        {
            if (schema.Child(keyword) is not { Element.ValueKind: JsonValueKind.Array } list)
                continue;
            var choices = new List<Node>(list.Element.GetArrayLength());
            var index = 0;
            foreach (var member in list.Element.EnumerateArray())
            {
                var choice = list.Child(index++, member);
                if (keyword == "allOf" ? !IsWordsOnly(member) : !IsNull(choice, resolver))
                    choices.Add(choice);
            }
            return keyword == "allOf" && choices.Count != 1 ? null : choices;
        }
        return null;
    }

    // `{ description: … }` next to the one reference of an allOf, which documents of 3.0 need to describe it.
    private static bool IsWordsOnly(JsonElement member, bool besidesReference = false)
    {
        if (member.ValueKind != JsonValueKind.Object)
            return false;
        foreach (var property in member.EnumerateObject())
        {
            if (besidesReference && SchemaKeywords.Of(property) == SchemaKeyword.Ref)
                continue;
            if (
                SchemaKeywords.Of(property)
                is not (
                    SchemaKeyword.None
                    or SchemaKeyword.Title
                    or SchemaKeyword.Description
                    or SchemaKeyword.Nullable
                    or SchemaKeyword.Deprecated
                    or SchemaKeyword.Example
                    or SchemaKeyword.XExample
                    or SchemaKeyword.Examples
                )
            )
                return false;
        }
        return true;
    }

    private static bool IsNull(Node choice, ReferenceResolver resolver)
    {
        if (Follow(choice, resolver) is not { Element.ValueKind: JsonValueKind.Object } schema)
            return false;
        if (JsonRead.TryGet(schema.Element, "const"u8, out var only))
            return only.ValueKind == JsonValueKind.Null;
        if (JsonRead.TryGetArray(schema.Element, "enum"u8, out var values))
            return values.GetArrayLength() == 1 && values[0].ValueKind == JsonValueKind.Null;
        if (!JsonRead.TryGet(schema.Element, "type"u8, out var type))
            return false;
        if (type.ValueKind == JsonValueKind.Array && type.GetArrayLength() == 1)
            type = type[0];
        return type.ValueKind == JsonValueKind.Null
            || (type.ValueKind == JsonValueKind.String && type.ValueEquals("null"u8));
    }

    // `format: binary` in 3.0; in 3.1 a media type without an encoding, or no type at all (3.2 section 4.14.2.1).
    private static bool IsBytes(Node schema)
    {
        var element = schema.Element;
        if (JsonRead.Text(element, "format"u8) == "binary")
            return !IsType(schema, "array"u8);
        if (IsType(schema, "file"u8))
            return true;
        if (schema.Document.Line != SpecLine.V31)
            return false;
        var hasType = JsonRead.TryGet(element, "type"u8, out _);
        var canBeText = !hasType || IsType(schema, "string"u8);
        var isOctets = JsonRead.Text(element, "contentMediaType"u8) is { } type
            ? MediaTypes.KindOf(MediaTypes.Essence(type)) == MediaKind.Octets
            : (bool?)null;
        // RFC 2045 section 6.2: `binary` says that nothing was encoded, unlike base64.
        if (JsonRead.TryGet(element, "contentEncoding"u8, out _))
            return canBeText
                && isOctets != false
                && "binary".Equals(JsonRead.Text(element, "contentEncoding"u8), StringComparison.OrdinalIgnoreCase);
        return isOctets is { } octets
            ? canBeText && octets
            : !hasType
                && SchemaShape.Of(element) is { IsComposed: false } shape
                && !shape.Has(SchemaKeyword.Enum)
                && !shape.Has(SchemaKeyword.Properties);
    }
}
