using System.Globalization;
using System.Text.Json;
using McpRuntime.Configuration;
using McpRuntime.Json;
using McpRuntime.Json.Schemas;
using McpRuntime.Json.Schemas.Compilation;
using McpRuntime.Json.Schemas.Keywords;

namespace McpRuntime.Calls.Arguments;

/// <summary>
/// Helps arguments that do not fit their schema: leaves out nulls that mean "not given", as models write them for each
/// optional argument, and converts values of another type. Goes by what the evaluation found, so that references,
/// choices and nesting are followed as the schema follows them.
/// </summary>
/// <param name="schema">The input schema.</param>
/// <param name="places">Where the arguments go.</param>
/// <param name="level">Strict takes no number or boolean for its text.</param>
internal sealed class ArgumentRepair(JsonSchema schema, ArgumentLocations places, ArgumentCheck level)
{
    // JSON text may hold JSON text, and an evaluation reports so many violations at a time.
    private const int MostPasses = 16;

    // Nulls that something requires: to leave them out would trade one violation for another.
    private readonly HashSet<string> _required = new(StringComparer.Ordinal);

    public RepairedArguments Run(JsonElement arguments)
    {
        var (judged, sent) = (arguments, arguments);
        var found = schema.Find(judged);
        for (var pass = 0; pass < MostPasses && found.Count > 0 && !found.Any(each => each.IsUnreadable); pass++)
        {
            var (edits, sentEdits) = (new JsonEdits(), new JsonEdits());
            LeaveOutNulls(judged, found, edits, sentEdits);
            Convert(judged, found, edits, sentEdits);
            if (edits.IsEmpty)
                break;
            (judged, sent) = (edits.ApplyTo(judged), sentEdits.ApplyTo(sent));
            found = schema.Find(judged);
        }
        return new RepairedArguments(sent, judged, found);
    }

    private void LeaveOutNulls(JsonElement judged, IReadOnlyList<Collected> found, JsonEdits edits, JsonEdits sentEdits)
    {
        var nulls = new HashSet<string>(StringComparer.Ordinal);
        foreach (var each in found)
        {
            if (IsOfValue(each) && !_required.Contains(each.Pointer) && IsNullMember(judged, each.Pointer))
                nulls.Add(each.Pointer);
        }
        if (nulls.Count == 0)
            return;
        var trial = new JsonEdits();
        foreach (var pointer in nulls)
            trial.Remove(pointer);
        foreach (var each in schema.Find(trial.ApplyTo(judged)))
        {
            if (each.Keyword is RequiredKeyword && nulls.Remove(each.Pointer))
                _required.Add(each.Pointer);
        }
        foreach (var pointer in nulls)
        {
            edits.Remove(pointer);
            if (!places.Deletes(pointer))
                sentEdits.Remove(pointer);
        }
    }

    private void Convert(JsonElement judged, IReadOnlyList<Collected> found, JsonEdits edits, JsonEdits sentEdits)
    {
        foreach (
            var place in found.Where(each => IsOfValue(each) && each.Pointer.Length > 0).GroupBy(each => each.Pointer)
        )
        {
            if (Locate(judged, place.Key) is not { } value || value.ValueKind == JsonValueKind.Null)
                continue;
            var schemas = place.Select(each => (each.Choice ?? each.Keyword!).Owner).ToHashSet();
            if (
                ValueConversion.Find(
                    value,
                    schemas,
                    places.FormOf(place.Key),
                    takesText: level == ArgumentCheck.Standard
                )
                is not { } converted
            )
                continue;
            edits.Replace(place.Key, converted);
            sentEdits.Replace(place.Key, converted);
        }
    }

    // Violations about a member that is missing or unknown, or about its name, are no statement about a value.
    private static bool IsOfValue(Collected found) =>
        found.Keyword is not (null or RequiredKeyword or NamedKeyword or UnevaluatedPropertiesKeyword)
        && !found.IsOfName;

    private static bool IsNullMember(JsonElement judged, string pointer) =>
        pointer.LastIndexOf('/') is var slash and >= 0
        && Locate(judged, pointer) is { ValueKind: JsonValueKind.Null }
        && Locate(judged, pointer[..slash]) is { ValueKind: JsonValueKind.Object };

    private static JsonElement? Locate(JsonElement document, string pointer)
    {
        foreach (var token in JsonPointer.Tokens(pointer))
        {
            if (
                document.ValueKind == JsonValueKind.Array
                && int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && index < document.GetArrayLength()
            )
                document = document[index];
            else if (document.ValueKind != JsonValueKind.Object || !document.TryGetProperty(token, out document))
                return null;
        }
        return document;
    }
}

/// <summary>Arguments after nulls and conversions.</summary>
/// <param name="Sent">As they go out: with the nulls that delete.</param>
/// <param name="Judged">As the schema judges them: without.</param>
/// <param name="Found">What of <paramref name="Judged"/> does not fit.</param>
internal sealed record RepairedArguments(JsonElement Sent, JsonElement Judged, IReadOnlyList<Collected> Found);
