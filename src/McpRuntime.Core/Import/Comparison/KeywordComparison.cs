using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.OpenApi.Schemas;

namespace McpRuntime.Import.Comparison;

/// <summary>Compares one keyword of two schemas (JSON Schema 2020-12) that does not hold schemas itself.</summary>
internal static class KeywordComparison
{
    private static readonly SchemaDifference Compatible = new(SchemaChange.Compatible);
    private static readonly SchemaDifference Words = new(SchemaChange.Words);

    /// <summary>A difference that cannot be told in the words of a keyword.</summary>
    public static SchemaDifference Other { get; } =
        SchemaDifference.Breaking(DriftRules.ArgumentNarrowed, "Values that were valid may no longer be valid.");

    public static SchemaDifference Changed(string keyword, JsonElement old, JsonElement now, SchemaDirection direction)
    {
        if (JsonElement.DeepEquals(old, now))
            return SchemaDifference.None;
        if (IsWords(keyword) || keyword == "discriminator")
            return Words;
        var isBroken = direction == SchemaDirection.Input ? !IsWider(keyword, old, now) : !IsWider(keyword, now, old);
        return !isBroken ? Compatible
            : keyword == "type"
                ? SchemaDifference.Breaking(DriftRules.ArgumentType, $"The type was {Shown(old)} and is {Shown(now)}.")
            : keyword is "enum" or "required" ? OfSet(keyword, old, now, direction)
            : SchemaDifference.Breaking(
                DriftRules.ArgumentNarrowed,
                $"'{UntrustedText.Clean(keyword)}' was {Shown(old)} and is {Shown(now)}."
            );
    }

    /// <summary>A keyword that is gone: it restricts no longer.</summary>
    public static SchemaDifference Gone(string keyword, JsonElement old, SchemaDirection direction) =>
        Annotation(keyword)
        ?? (
            direction == SchemaDirection.Input
                ? Compatible
                : SchemaDifference.Breaking(
                    keyword == "type" ? DriftRules.ArgumentType : DriftRules.ArgumentNarrowed,
                    $"'{UntrustedText.Clean(keyword)}' was {Shown(old)} and is gone."
                )
        );

    /// <summary>A keyword that is new: it restricts.</summary>
    public static SchemaDifference Added(string keyword, JsonElement now, SchemaDirection direction) =>
        Annotation(keyword)
        ?? (
            direction == SchemaDirection.Output
                ? Compatible
                : keyword switch
                {
                    "type" => SchemaDifference.Breaking(DriftRules.ArgumentType, $"The type is {Shown(now)} now."),
                    "enum" => SchemaDifference.Breaking(
                        DriftRules.ArgumentNarrowed,
                        $"It accepts only {Listed(Items(now))} now."
                    ),
                    "required" => SchemaDifference.Breaking(
                        DriftRules.ArgumentRequired,
                        $"{Listed(Items(now))} is required now."
                    ),
                    "$ref" or "properties" or "items" or "allOf" or "anyOf" or "oneOf" => Other,
                    _ => SchemaDifference.Breaking(
                        DriftRules.ArgumentNarrowed,
                        $"'{UntrustedText.Clean(keyword)}' is new: {Shown(now)}."
                    ),
                }
        );

    private static SchemaDifference? Annotation(string keyword) =>
        IsWords(keyword) ? Words
        // Manifests of earlier versions have none.
        : keyword == "discriminator" ? SchemaDifference.None
        : keyword == "properties" ? Compatible
        : null;

    private static SchemaDifference OfSet(string keyword, JsonElement old, JsonElement now, SchemaDirection direction)
    {
        var (before, after) = (Items(old), Items(now));
        var gone = before.Except(after, StringComparer.Ordinal).ToList();
        var added = after.Except(before, StringComparer.Ordinal).ToList();
        return (keyword, direction) switch
        {
            ("enum", SchemaDirection.Input) => SchemaDifference.Breaking(
                DriftRules.ArgumentNarrowed,
                $"It no longer accepts {Listed(gone)}."
            ),
            ("enum", _) => SchemaDifference.Breaking(DriftRules.OutputChanged, $"It may also be {Listed(added)}."),
            (_, SchemaDirection.Input) => SchemaDifference.Breaking(
                DriftRules.ArgumentRequired,
                $"{Listed(added)} {(added.Count == 1 ? "is" : "are")} required now."
            ),
            _ => SchemaDifference.Breaking(DriftRules.OutputChanged, $"{Listed(gone)} may be missing now."),
        };
    }

    // All that is valid by the narrow one is valid by the wide one; false where that cannot be told.
    private static bool IsWider(string keyword, JsonElement narrow, JsonElement wide) =>
        keyword switch
        {
            "type" => Contains(Items(wide), Items(narrow)),
            "enum" => Items(narrow).IsSubsetOf(Items(wide)),
            "required" => Items(wide).IsSubsetOf(Items(narrow)),
            "minimum" or "exclusiveMinimum" or "minLength" or "minItems" or "minProperties" or "minContains" => Number(
                wide
            ) <= Number(narrow),
            "maximum" or "exclusiveMaximum" or "maxLength" or "maxItems" or "maxProperties" or "maxContains" => Number(
                wide
            ) >= Number(narrow),
            _ => false,
        };

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

    private static HashSet<string> Items(JsonElement value)
    {
        var items = new HashSet<string>(StringComparer.Ordinal);
        if (value.ValueKind != JsonValueKind.Array)
            items.Add(value.GetRawText());
        else
        {
            foreach (var item in value.EnumerateArray())
                items.Add(item.GetRawText());
        }
        return items;
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

    private static string Shown(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array
            ? Listed(Items(value))
            : UntrustedText.Shorten(UntrustedText.Clean(value.GetRawText()), 80);

    private static string Listed(IReadOnlyCollection<string> values)
    {
        const int Most = 5;
        var text = string.Join(
            ", ",
            values.Take(Most).Select(value => UntrustedText.Shorten(UntrustedText.Clean(value), 40))
        );
        return values.Count <= Most ? text : $"{text} and {values.Count - Most} more";
    }
}
