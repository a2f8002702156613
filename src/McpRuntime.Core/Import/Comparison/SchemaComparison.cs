using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using McpRuntime.Json;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Schemas;

namespace McpRuntime.Import.Comparison;

/// <summary>What a change of a schema means to a caller, the worst last.</summary>
internal enum SchemaChange
{
    None,

    /// <summary>Titles, descriptions, examples, defaults.</summary>
    Words,

    /// <summary>All that was good before is good now.</summary>
    Compatible,

    /// <summary>Something may not be good any more; also where that cannot be told.</summary>
    Breaking,
}

/// <summary>
/// Compares schemas of two manifests. For an input it is compatible to allow more, for an output to promise more.
/// </summary>
internal sealed class SchemaComparison(
    IReadOnlyDictionary<string, JsonText> oldDefinitions,
    IReadOnlyDictionary<string, JsonText> newDefinitions
)
{
    private const string Definitions = "#/definitions/";

    private readonly Dictionary<(string Old, string New, SchemaDirection Direction), SchemaChange> _known = [];

    internal SchemaChange Compare(JsonElement old, JsonElement now, SchemaDirection direction)
    {
        if (old.ValueKind != JsonValueKind.Object || now.ValueKind != JsonValueKind.Object)
            return JsonElement.DeepEquals(old, now) ? SchemaChange.None : SchemaChange.Breaking;
        var worst = SchemaChange.None;
        foreach (var member in old.EnumerateObject())
        {
            var change = now.TryGetProperty(member.Name, out var other)
                ? CompareKeyword(member.Name, member.Value, other, direction)
                : Missing(member.Name, isGone: true, direction);
            worst = Worse(worst, change);
        }
        foreach (var member in now.EnumerateObject())
        {
            if (!old.TryGetProperty(member.Name, out _))
                worst = Worse(worst, Missing(member.Name, isGone: false, direction));
        }
        return worst;
    }

    private SchemaChange CompareKeyword(string keyword, JsonElement old, JsonElement now, SchemaDirection direction)
    {
        switch (keyword)
        {
            case "$ref":
                return CompareReferences(JsonRead.Text(old) ?? "", JsonRead.Text(now) ?? "", direction);
            case "properties":
                return CompareProperties(old, now, direction);
            case "items"
            or "additionalProperties"
            or "not"
            or "contains"
            or "propertyNames"
            or "if"
            or "then"
            or "else":
                return Compare(old, now, direction);
            case "allOf" or "anyOf" or "oneOf" or "prefixItems":
                return CompareLists(keyword, old, now, direction);
            case "patternProperties" or "dependentSchemas":
                return ComparePatterns(old, now, direction);
        }
        if (JsonElement.DeepEquals(old, now))
            return SchemaChange.None;
        if (IsWords(keyword) || keyword == "discriminator")
            return SchemaChange.Words;
        var isWider = keyword switch
        {
            "type" => Contains(Set(now), Set(old)),
            "enum" => Set(old).IsSubsetOf(Set(now)),
            "required" => Set(now).IsSubsetOf(Set(old)),
            "minimum" or "exclusiveMinimum" or "minLength" or "minItems" or "minProperties" or "minContains" => Number(
                now
            ) <= Number(old),
            "maximum" or "exclusiveMaximum" or "maxLength" or "maxItems" or "maxProperties" or "maxContains" => Number(
                now
            ) >= Number(old),
            _ => (bool?)null,
        };
        var isNarrower = keyword switch
        {
            "type" => Contains(Set(old), Set(now)),
            "enum" => Set(now).IsSubsetOf(Set(old)),
            "required" => Set(old).IsSubsetOf(Set(now)),
            "minimum" or "exclusiveMinimum" or "minLength" or "minItems" or "minProperties" or "minContains" => Number(
                now
            ) >= Number(old),
            "maximum" or "exclusiveMaximum" or "maxLength" or "maxItems" or "maxProperties" or "maxContains" => Number(
                now
            ) <= Number(old),
            _ => (bool?)null,
        };
        return (direction == SchemaDirection.Input ? isWider : isNarrower) == true
            ? SchemaChange.Compatible
            : SchemaChange.Breaking;
    }

    // A keyword that is new restricts, and one that is gone restricts no longer.
    private static SchemaChange Missing(string keyword, bool isGone, SchemaDirection direction) =>
        IsWords(keyword) ? SchemaChange.Words
        // Manifests of earlier versions have none.
        : keyword == "discriminator" ? SchemaChange.None
        : keyword == "properties" ? SchemaChange.Compatible
        : isGone == (direction == SchemaDirection.Input) ? SchemaChange.Compatible
        : SchemaChange.Breaking;

    private SchemaChange CompareReferences(string old, string now, SchemaDirection direction)
    {
        if (_known.TryGetValue((old, now, direction), out var known))
            return known;
        if (!TryFind(oldDefinitions, old, out var before) || !TryFind(newDefinitions, now, out var after))
            return old == now ? SchemaChange.None : SchemaChange.Breaking;
        // A schema that leads back here adds nothing of its own.
        _known.Add((old, now, direction), SchemaChange.None);
        var change =
            before == after && old == now && IsClosed(before)
                ? SchemaChange.None
                : Compare(before.ToElement(), after.ToElement(), direction);
        return _known[(old, now, direction)] = change;
    }

    private static bool IsClosed(JsonText text) => text.Utf8.Span.IndexOf("\"$ref\""u8) < 0;

    private SchemaChange CompareProperties(JsonElement old, JsonElement now, SchemaDirection direction)
    {
        var worst = SchemaChange.None;
        foreach (var property in old.EnumerateObject())
        {
            if (now.TryGetProperty(property.Name, out var other))
                worst = Worse(worst, Compare(property.Value, other, direction));
            else
                worst = Worse(worst, SchemaChange.Breaking);
        }
        foreach (var property in now.EnumerateObject())
        {
            if (!old.TryGetProperty(property.Name, out _))
                worst = Worse(worst, SchemaChange.Compatible);
        }
        return worst;
    }

    private SchemaChange CompareLists(string keyword, JsonElement old, JsonElement now, SchemaDirection direction)
    {
        var (before, after) = (old.GetArrayLength(), now.GetArrayLength());
        var worst = SchemaChange.None;
        for (var i = 0; i < Math.Min(before, after); i++)
            worst = Worse(worst, Compare(old[i], now[i], direction));
        if (before == after)
            return worst;
        // One more alternative allows more, one more condition less.
        var allowsMore = keyword is "anyOf" or "oneOf" ? after > before : after < before;
        return Worse(
            worst,
            allowsMore == (direction == SchemaDirection.Input) ? SchemaChange.Compatible : SchemaChange.Breaking
        );
    }

    private SchemaChange ComparePatterns(JsonElement old, JsonElement now, SchemaDirection direction)
    {
        var worst = old.GetPropertyCount() == now.GetPropertyCount() ? SchemaChange.None : SchemaChange.Breaking;
        foreach (var property in old.EnumerateObject())
        {
            worst = Worse(
                worst,
                now.TryGetProperty(property.Name, out var other)
                    ? Compare(property.Value, other, direction)
                    : SchemaChange.Breaking
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

    private static SchemaChange Worse(SchemaChange left, SchemaChange right) => left > right ? left : right;

    private static bool IsWords(string keyword) =>
        keyword
            is "title"
                or "description"
                or "examples"
                or "default"
                or "deprecated"
                or "readOnly"
                or "writeOnly"
                or "format"
                or "contentMediaType"
                or "contentEncoding";

    private static HashSet<string> Set(JsonElement value)
    {
        var set = new HashSet<string>(StringComparer.Ordinal);
        if (value.ValueKind != JsonValueKind.Array)
            set.Add(value.GetRawText());
        else
        {
            foreach (var item in value.EnumerateArray())
                set.Add(item.GetRawText());
        }
        return set;
    }

    // Every integer is a number.
    private static bool Contains(HashSet<string> wide, HashSet<string> narrow)
    {
        foreach (var type in narrow)
        {
            if (!wide.Contains(type) && !(type == "\"integer\"" && wide.Contains("\"number\"")))
                return false;
        }
        return true;
    }

    private static double Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : double.NaN;
}
