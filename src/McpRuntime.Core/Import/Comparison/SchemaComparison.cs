using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Json;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Schemas;

namespace McpRuntime.Import.Comparison;

/// <summary>
/// Compares schemas of two manifests. For an input it is compatible to allow more, for an output to promise more.
/// </summary>
internal sealed class SchemaComparison(
    IReadOnlyDictionary<string, JsonText> oldDefinitions,
    IReadOnlyDictionary<string, JsonText> newDefinitions
)
{
    private const string Definitions = "#/definitions/";

    private readonly Dictionary<(string Old, string New, SchemaDirection Direction), SchemaDifference> _known = [];

    internal SchemaDifference Compare(JsonElement old, JsonElement now, SchemaDirection direction)
    {
        if (old.ValueKind != JsonValueKind.Object || now.ValueKind != JsonValueKind.Object)
            return JsonElement.DeepEquals(old, now) ? SchemaDifference.None : KeywordComparison.Other;
        var worst = SchemaDifference.None;
        foreach (var member in old.EnumerateObject())
        {
            worst = worst.Or(
                now.TryGetProperty(member.Name, out var other)
                    ? CompareKeyword(member.Name, member.Value, other, direction)
                    : KeywordComparison.Gone(member.Name, member.Value, direction)
            );
        }
        foreach (var member in now.EnumerateObject())
        {
            if (!old.TryGetProperty(member.Name, out _))
                worst = worst.Or(KeywordComparison.Added(member.Name, member.Value, direction));
        }
        return worst;
    }

    private SchemaDifference CompareKeyword(
        string keyword,
        JsonElement old,
        JsonElement now,
        SchemaDirection direction
    ) =>
        keyword switch
        {
            "$ref" => CompareReferences(JsonRead.Text(old) ?? "", JsonRead.Text(now) ?? "", direction),
            "properties" => CompareProperties(old, now, direction),
            "items" or "contains" or "additionalProperties" or "not" or "propertyNames" or "if" or "then" or "else" =>
                Compare(old, now, direction),
            "allOf" or "anyOf" or "oneOf" or "prefixItems" => CompareLists(keyword, old, now, direction),
            "patternProperties" or "dependentSchemas" => ComparePatterns(old, now, direction),
            _ => KeywordComparison.Changed(keyword, old, now, direction),
        };

    private SchemaDifference CompareReferences(string old, string now, SchemaDirection direction)
    {
        if (_known.TryGetValue((old, now, direction), out var known))
            return known;
        if (!TryFind(oldDefinitions, old, out var before) || !TryFind(newDefinitions, now, out var after))
            return old == now ? SchemaDifference.None : KeywordComparison.Other;
        // A schema that leads back here adds nothing of its own.
        _known.Add((old, now, direction), SchemaDifference.None);
        var change =
            before == after && old == now && IsClosed(before)
                ? SchemaDifference.None
                : Compare(before.ToElement(), after.ToElement(), direction);
        return _known[(old, now, direction)] = change;
    }

    private static bool IsClosed(JsonText text) => text.Utf8.Span.IndexOf("\"$ref\""u8) < 0;

    private SchemaDifference CompareProperties(JsonElement old, JsonElement now, SchemaDirection direction)
    {
        var worst = SchemaDifference.None;
        foreach (var property in old.EnumerateObject())
        {
            worst = worst.Or(
                (
                    now.TryGetProperty(property.Name, out var other)
                        ? Compare(property.Value, other, direction)
                        : SchemaDifference.Breaking(DriftRules.ArgumentRemoved, "It was removed.")
                ).Below(UntrustedText.Clean(property.Name))
            );
        }
        foreach (var property in now.EnumerateObject())
        {
            if (!old.TryGetProperty(property.Name, out _))
                worst = worst.Or(new SchemaDifference(SchemaChange.Compatible));
        }
        return worst;
    }

    private SchemaDifference CompareLists(string keyword, JsonElement old, JsonElement now, SchemaDirection direction)
    {
        var (before, after) = (old.GetArrayLength(), now.GetArrayLength());
        var worst = SchemaDifference.None;
        for (var i = 0; i < Math.Min(before, after); i++)
            worst = worst.Or(Compare(old[i], now[i], direction));
        if (before == after)
            return worst;
        // One more alternative allows more, one more condition less.
        var allowsMore = keyword is "anyOf" or "oneOf" ? after > before : after < before;
        return worst.Or(
            allowsMore == (direction == SchemaDirection.Input)
                ? new SchemaDifference(SchemaChange.Compatible)
                : KeywordComparison.Other
        );
    }

    private SchemaDifference ComparePatterns(JsonElement old, JsonElement now, SchemaDirection direction)
    {
        var worst = old.GetPropertyCount() == now.GetPropertyCount() ? SchemaDifference.None : KeywordComparison.Other;
        foreach (var property in old.EnumerateObject())
        {
            worst = worst.Or(
                now.TryGetProperty(property.Name, out var other)
                    ? Compare(property.Value, other, direction)
                    : KeywordComparison.Other
            );
        }
        return worst;
    }

    private static bool TryFind(
        IReadOnlyDictionary<string, JsonText> definitions,
        string reference,
        [NotNullWhen(true)] out JsonText? text
    )
    {
        text = null;
        return reference.StartsWith(Definitions, StringComparison.Ordinal)
            && definitions.TryGetValue(reference[Definitions.Length..], out text);
    }
}
