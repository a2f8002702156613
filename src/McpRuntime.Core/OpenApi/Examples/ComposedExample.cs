using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Examples;

/// <summary>An example of a schema: its own, or one made of the examples of what it requires.</summary>
internal sealed class ComposedExample(ReferenceResolver resolver)
{
    private const int Deepest = 4;
    private const int MostReferences = 8;
    private const int MostOptional = 3;

    /// <summary>The JSON text; null where the document does not say enough.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="isExplicit">Whether any of it is an <c>example</c>, not a default or an enumerated value.</param>
    internal string? Of(Node schema, out bool isExplicit)
    {
        isExplicit = false;
        return Of(schema, depth: 0, ref isExplicit);
    }

    /// <summary>A schema's own example; null where it has none.</summary>
    internal string? Own(Node schema)
    {
        for (var i = 0; i < MostReferences; i++)
        {
            var element = schema.Element;
            if (element.ValueKind != JsonValueKind.Object)
                return null;
            if (JsonRead.TryGet(element, "example"u8, out var example))
                return Text(example);
            if (JsonRead.TryGet(element, "x-example"u8, out example))
                return Text(example);
            if (JsonRead.TryGetArray(element, "examples"u8, out var several) && several.GetArrayLength() > 0)
                return Shortest(several);
            if (Target(schema) is not { } target)
                return null;
            schema = target;
        }
        return null;
    }

    /// <summary>A schema behind its references; null where they lead nowhere.</summary>
    internal Node? Meant(Node schema)
    {
        for (var i = 0; i < MostReferences; i++)
        {
            if (Target(schema) is not { } target)
                return JsonRead.Text(schema.Element, "$ref"u8) is null ? schema : null;
            schema = target;
        }
        return null;
    }

    /// <summary>JSON text without blanks.</summary>
    internal static string Text(JsonElement value) =>
        Encoding.UTF8.GetString(JsonCompactor.Compact(JsonMarshal.GetRawUtf8Value(value)));

    private static string? Shortest(JsonElement texts)
    {
        string? shortest = null;
        foreach (var item in texts.EnumerateArray())
        {
            if (Text(item) is var text && (shortest is null || text.Length < shortest.Length))
                shortest = text;
        }
        return shortest;
    }

    private string? Of(Node schema, int depth, ref bool isExplicit)
    {
        if (Own(schema) is { } own)
        {
            isExplicit = true;
            return own;
        }
        if (depth > Deepest || Meant(schema) is not { Element.ValueKind: JsonValueKind.Object } meant)
            return null;
        if (Chosen(meant.Element) is { } chosen)
            return chosen;
        if (meant.Object("properties") is { } properties)
            return Object(meant, properties, depth, ref isExplicit);
        return meant.Object("items") is { } items && Of(items, depth + 1, ref isExplicit) is { } item
            ? $"[{item}]"
            : null;
    }

    // What the schema itself says that a value may be.
    private static string? Chosen(JsonElement schema) =>
        JsonRead.TryGet(schema, "const"u8, out var only) ? Text(only)
        : JsonRead.TryGet(schema, "default"u8, out var usual) && usual.ValueKind != JsonValueKind.Null ? Text(usual)
        : JsonRead.TryGetArray(schema, "enum"u8, out var choices) && choices.GetArrayLength() > 0 ? Text(choices[0])
        : null;

    private string? Object(Node schema, Node properties, int depth, ref bool isExplicit)
    {
        var members = new List<string>();
        var required = JsonRead.Texts(schema.Element, "required"u8);
        foreach (var name in required)
        {
            if (properties.Child(name) is not { } property || Of(property, depth + 1, ref isExplicit) is not { } value)
                return null;
            members.Add(Member(name, value));
        }
        if (required.Count == 0)
        {
            foreach (var property in properties.Element.EnumerateObject())
            {
                if (members.Count == MostOptional)
                    break;
                var name = JsonRead.Name(property);
                if (Own(properties.Child(name, property.Value)) is { } value)
                    members.Add(Member(name, value));
            }
            isExplicit |= members.Count > 0;
        }
        return members.Count == 0 ? null : $"{{{string.Join(',', members)}}}";
    }

    private static string Member(string name, string value) =>
        $"\"{JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\":{value}";

    private Node? Target(Node schema) =>
        JsonRead.Text(schema.Element, "$ref"u8) is { } reference
            ? resolver.Resolve(schema.Resource, reference).Target?.Node
            : null;
}
