using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Json;

namespace McpRuntime.Connectors.Listing.Slim;

/// <summary>
/// An input schema as a model gets it: the same rules in fewer tokens. Only the list of tools has it; calls are checked
/// by the manifest's schema, and <c>describe_tools</c> gives all of that.
/// </summary>
internal static class SlimSchema
{
    /// <summary>Bytes above which optional depth is summarised: about 250 tokens.</summary>
    public const int Budget = 1_000;

    private const int DeepestLevel = 4;

    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 1024,
    };

    /// <param name="schema">With everything that it refers to in <c>$defs</c>.</param>
    public static JsonText Of(JsonText schema)
    {
        try
        {
            return
                JsonNode.Parse(schema.Utf8.Span, documentOptions: new JsonDocumentOptions { MaxDepth = 1024 })
                    is JsonObject root
                && Definitions.Take(root) is { } definitions
                && Shorten(root, definitions) is var text
                && text.Utf8.Length < schema.Utf8.Length
                ? text
                : schema;
        }
        // A manifest that was cached and damaged since: what reads the schema reports it.
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            return schema;
        }
    }

    private static JsonText Shorten(JsonObject root, Definitions definitions)
    {
        var required = new HashSet<string>(StringComparer.Ordinal);
        RequiredNames.Collect(root, required);
        definitions.CollectRequired(required);
        root = Merge(Tidy(definitions.Inline(root)));
        // An example of all arguments pays where a required one is a list or an object; describe_tools gives it anyway.
        if (!RequiredNames.Of(root).Any(name => IsNested(root["properties"]?[name])))
            root.Remove("examples");
        var text = Write(root, definitions, int.MaxValue, required);
        for (var level = DeepestLevel; level > 0 && text.Utf8.Length > Budget; level--)
        {
            OptionalDepth.Summarise(root, level, required);
            text = Write(root, definitions, level, required);
        }
        return text.Utf8.Length > Budget && ShorterTexts.Apply(root)
            ? Write(root, definitions, level: 1, required)
            : text;
    }

    private static JsonText Write(JsonObject root, Definitions definitions, int level, IReadOnlySet<string> required)
    {
        var whole = (JsonObject)root.DeepClone();
        definitions.PutBack(whole, body =>
        {
            body = Merge(Tidy(body));
            // What is shared is at least one level deep itself, and whatever refers to it may require its properties.
            OptionalDepth.Summarise(body, level, required, depth: 2, isCombined: true);
            return body;
        });
        return new JsonText(JsonSerializer.SerializeToUtf8Bytes(whole, Relaxed));
    }

    private static bool IsNested(JsonNode? schema) =>
        schema is JsonObject property
        && (
            property.ContainsKey("$ref")
            || property["properties"] is JsonObject { Count: > 0 }
            || property["items"] is JsonObject { Count: > 1 }
            || property.ContainsKey("oneOf")
            || property.ContainsKey("anyOf")
            || property.ContainsKey("allOf")
        );

    private static JsonObject Tidy(JsonObject schema)
    {
        KeywordTidy.Apply(schema);
        SubSchemas.Replace(schema, Tidy);
        return schema;
    }

    private static JsonObject Merge(JsonObject schema)
    {
        SubSchemas.Replace(schema, Merge);
        return AllOfMerge.Apply(schema);
    }
}
