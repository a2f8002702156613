using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Connectors.Guidance;

namespace McpRuntime.Connectors.Listing.Slim;

/// <summary>
/// Replaces what is deep within optional properties by a summary that names the tool which gives all of it. What is
/// required, and what is required within that, stays as it is.
/// </summary>
internal static class OptionalDepth
{
    /// <summary>The built-in tool that summaries point to.</summary>
    public const string Pointer = "describe_tools";

    /// <summary>How each summary ends.</summary>
    public const string End = $"See {Pointer}.";

    private static readonly string[] Combining =
    [
        "$ref",
        "allOf",
        "anyOf",
        "oneOf",
        "if",
        "then",
        "else",
        "dependentSchemas",
        "dependentRequired",
        "not",
    ];

    private const int MostFields = 100;
    private const int MostDescription = 120;

    /// <summary>Summarises composite schemas of optional properties that are at least so many levels deep.</summary>
    /// <param name="schema">Is changed.</param>
    /// <param name="level">How deep: 1 for the properties of the root.</param>
    /// <param name="everRequired">Names that are required anywhere.</param>
    /// <param name="depth">Of the schema's properties.</param>
    /// <param name="isCombined">The schema applies together with others, any of which may require its
    /// properties.</param>
    public static void Summarise(
        JsonObject schema,
        int level,
        IReadOnlySet<string> everRequired,
        int depth = 1,
        bool isCombined = false
    )
    {
        isCombined |= Combining.Any(schema.ContainsKey);
        var required = isCombined ? everRequired : RequiredNames.Of(schema);
        var properties = schema["properties"] as JsonObject ?? [];
        foreach (var (name, value) in properties.ToArray())
        {
            if (value is not JsonObject property)
                continue;
            if (depth >= level && !required.Contains(name) && IsComposite(property))
                properties[name] = Summary(property);
            else
                Summarise(property, level, everRequired, depth + 1);
        }
        var within = properties
            .Select(property => property.Value)
            .OfType<JsonObject>()
            .ToHashSet<JsonObject>(ReferenceEqualityComparer.Instance);
        foreach (var child in SubSchemas.Of(schema).Where(child => !within.Contains(child)).ToList())
            Summarise(child, level, everRequired, depth, isCombined);
    }

    private static bool IsComposite(JsonObject schema) =>
        schema.ContainsKey("$ref")
        || schema["properties"] is JsonObject { Count: > 0 }
        || schema["additionalProperties"] is JsonObject { Count: > 1 }
        || (schema["items"] is JsonObject items && IsComposite(items))
        || ((string[])["allOf", "anyOf", "oneOf", "prefixItems"]).Any(keyword =>
            schema[keyword] is JsonArray list && list.OfType<JsonObject>().Any(IsComposite)
        );

    private static JsonObject Summary(JsonObject schema)
    {
        var summary = new JsonObject();
        if (schema["type"] is { } type)
            summary["type"] = type.DeepClone();
        var text = FirstSentence.Of(
            schema["description"]?.GetValueKind() == JsonValueKind.String
                ? schema["description"]!.GetValue<string>()
                : null,
            MostDescription
        );
        if (text.Length > 0 && text[^1] is not ('.' or '!' or '?' or '…' or ':'))
            text += ".";
        summary["description"] = $"{text}{(text.Length > 0 ? " " : "")}{Fields(schema)}{End}";
        return summary;
    }

    private static string Fields(JsonObject schema)
    {
        var body = schema["items"] as JsonObject ?? schema;
        var names = (body["properties"] as JsonObject ?? []).Select(property => property.Key).ToList();
        if (names.Count == 0)
            return "";
        var shown = new List<string>();
        foreach (var name in names)
        {
            if (shown.Sum(other => other.Length + 2) + name.Length > MostFields)
                break;
            shown.Add(name);
        }
        return shown.Count == 0 ? "" : $"Has {string.Join(", ", shown)}{(shown.Count < names.Count ? ", …" : "")}. ";
    }
}
