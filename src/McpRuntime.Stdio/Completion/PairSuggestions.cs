using System.CommandLine.Completions;
using System.Text.Json;
using McpRuntime.Connectors;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.ShellCompletion;

namespace McpRuntime.Stdio.Completion;

/// <summary>
/// The arguments of a tool as words: first <c>NAME=</c>, required ones before others, then <c>NAME=VALUE</c> where the
/// schema lists the values or is a boolean.
/// </summary>
internal static class PairSuggestions
{
    // References to schemas that refer to each other end somewhere.
    private const int MaxDepth = 16;

    /// <param name="tool">The tool that is called.</param>
    /// <param name="given">Names of arguments that the line already has.</param>
    public static IEnumerable<CompletionItem> Of(ServedTool tool, IReadOnlySet<string> given)
    {
        var schema = SchemaBundler.Of(tool.Connector).Bundle(tool.Tool.InputSchema).ToElement();
        if (Member(schema, "properties") is not { ValueKind: JsonValueKind.Object } properties)
            return [];
        var required = Names(Member(schema, "required"));
        return properties
            .EnumerateObject()
            // With a hyphen first it would be an option.
            .Where(property => !property.Name.StartsWith('-') && !given.Contains(property.Name))
            .OrderBy(property => required.Contains(property.Name) ? 0 : 1)
            .SelectMany(property => Pairs(property, schema));
    }

    private static IEnumerable<CompletionItem> Pairs(JsonProperty property, JsonElement root)
    {
        var description = Member(property.Value, "description") is { ValueKind: JsonValueKind.String } text
            ? text.GetString()
            : null;
        yield return new CompletionItem($"{property.Name}=", Suggestions.PairName, detail: description);
        foreach (var value in Values(property.Value, root, 0).Distinct())
            yield return new CompletionItem($"{property.Name}={value}", Suggestions.PairValue);
    }

    private static IEnumerable<string> Values(JsonElement schema, JsonElement root, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > MaxDepth)
            return [];
        if (Member(schema, "const") is { ValueKind: not JsonValueKind.Undefined } only)
            return Texts([only]);
        if (Member(schema, "enum") is { ValueKind: JsonValueKind.Array } choices)
            return Texts(choices.EnumerateArray());
        if (Names(Member(schema, "type")).Contains("boolean"))
            return ["true", "false"];
        return Parts(schema, root).SelectMany(part => Values(part, root, depth + 1));
    }

    private static IEnumerable<JsonElement> Parts(JsonElement schema, JsonElement root)
    {
        if (
            Member(schema, "$ref") is { ValueKind: JsonValueKind.String } reference
            && Target(reference, root) is { } target
        )
            yield return target;
        foreach (var keyword in (string[])["allOf", "anyOf", "oneOf"])
        {
            if (Member(schema, keyword) is not { ValueKind: JsonValueKind.Array } branches)
                continue;
            foreach (var branch in branches.EnumerateArray())
                yield return branch;
        }
    }

    // Bundled schemas refer to their own definitions only.
    private static JsonElement? Target(JsonElement reference, JsonElement root) =>
        reference.GetString()! is var text && text.StartsWith("#/$defs/", StringComparison.Ordinal)
            ? JsonPointer.Find(root, Uri.UnescapeDataString(text[1..]))
            : null;

    // As the text of a pair, which the tool's schema converts back; null has none.
    private static IEnumerable<string> Texts(IEnumerable<JsonElement> values) =>
        values
            .Select(value =>
                value.ValueKind switch
                {
                    JsonValueKind.String => value.GetString()!,
                    JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
                    _ => "",
                }
            )
            .Where(text => text.Length > 0);

    private static HashSet<string> Names(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array =>
            [
                .. value
                    .EnumerateArray()
                    .Where(item => item.ValueKind == JsonValueKind.String)
                    .Select(item => item.GetString()!),
            ],
            _ => [],
        };

    private static JsonElement Member(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out var value) ? value : default;
}
