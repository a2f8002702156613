using System.Buffers;
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
    /// <param name="shared">Of its connector.</param>
    public static JsonText Of(JsonText schema, SharedDefinitions shared)
    {
        try
        {
            var schemas = new Dictionary<string, SharedDefinition>(StringComparer.Ordinal);
            return
                SchemaParts.Take(schema.Utf8.Span, shared, schemas) is { } root
                && Definitions.Of(root, schemas) is { } definitions
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
        root = Tidy(definitions.Inline(root));
        // An example of all arguments pays where a required one is a list or an object; describe_tools gives it anyway.
        if (!RequiredNames.Of(root).Any(name => IsNested(root["properties"]?[name])))
            root.Remove("examples");
        if (Write(root, definitions, int.MaxValue, required, Budget) is { } whole)
            return whole;
        for (var level = DeepestLevel; level > 1; level--)
        {
            OptionalDepth.Summarise(root, level, required);
            if (Write(root, definitions, level, required, Budget) is { } text)
                return text;
        }
        OptionalDepth.Summarise(root, 1, required);
        if (Write(root, definitions, 1, required, Budget) is { } least)
            return least;
        ShorterTexts.Apply(root);
        return Write(root, definitions, 1, required, int.MaxValue)!;
    }

    // Null where it is longer: of what is not kept, no more is written than tells that.
    private static JsonText? Write(
        JsonObject root,
        Definitions definitions,
        int level,
        IReadOnlySet<string> required,
        int most
    )
    {
        var output = new ArrayBufferWriter<byte>(1024);
        using var writer = new Utf8JsonWriter(output, RelaxedJson.Options with { MaxDepth = 1024 });
        writer.WriteStartObject();
        foreach (var (keyword, value) in root)
        {
            WriteMember(writer, keyword, value);
            if (IsLonger(writer, most))
                return null;
        }
        var hasDefinitions = false;
        foreach (
            var (name, body) in definitions.Reached(
                root,
                // What is shared is at least one level deep itself, and what refers to it may require its properties.
                body => OptionalDepth.Summarise(body, level, required, depth: 2, isCombined: true)
            )
        )
        {
            if (!hasDefinitions)
                writer.WriteStartObject("$defs"u8);
            hasDefinitions = true;
            WriteMember(writer, name, body);
            if (IsLonger(writer, most))
                return null;
        }
        if (hasDefinitions)
            writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenCount > most ? null : new JsonText(output.WrittenSpan.ToArray());
    }

    private static void WriteMember(Utf8JsonWriter writer, string name, JsonNode? value)
    {
        writer.WritePropertyName(name);
        if (value is null)
            writer.WriteNullValue();
        else
            value.WriteTo(writer, Relaxed);
    }

    private static bool IsLonger(Utf8JsonWriter writer, int most) => writer.BytesCommitted + writer.BytesPending > most;

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

    /// <summary>The schema without what tells a model nothing; it is changed.</summary>
    public static JsonObject Tidy(JsonObject schema) => Merge(TidyKeywords(schema));

    private static JsonObject TidyKeywords(JsonObject schema)
    {
        KeywordTidy.Apply(schema);
        SubSchemas.Replace(schema, TidyKeywords);
        return schema;
    }

    private static JsonObject Merge(JsonObject schema)
    {
        SubSchemas.Replace(schema, Merge);
        return AllOfMerge.Apply(schema);
    }
}
