using System.Text.Json;
using McpRuntime.Json.Schemas;
using McpRuntime.Json.Schemas.Compilation;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Arguments;

/// <summary>
/// What is wrong with arguments, distinguished: reasons to refuse the call, and what is only reported.
/// </summary>
/// <param name="Refused">One sentence each; none where the arguments are sent.</param>
/// <param name="Warnings">Where they do not fit the schema otherwise.</param>
internal sealed record ArgumentReview(IReadOnlyList<string> Refused, IReadOnlyList<SchemaViolation> Warnings)
{
    /// <summary>Everything that does not fit is a reason.</summary>
    public static ArgumentReview Strict(IReadOnlyList<Collected> found) =>
        new([.. found.Select(each => each.Message)], []);

    /// <summary>
    /// Only what is certain is a reason: an argument that is unknown or missing, a JSON type that cannot be converted,
    /// and in paths and headers, where a wrong value leads to another resource or meaning, also pattern and enum.
    /// </summary>
    public static ArgumentReview Standard(JsonSchema schema, ArgumentLocations places, RepairedArguments arguments)
    {
        var certain = new List<Collected>(arguments.Found.Where(each => IsOfArgumentItself(each, arguments.Judged)));
        certain.AddRange(schema.Find(arguments.Judged, KeywordKinds.Type).Where(each => each.Keyword is not null));
        if (InPathAndHeaders(places, arguments.Judged) is { } fragile)
            certain.AddRange(
                schema
                    .Find(fragile, KeywordKinds.Type | KeywordKinds.Value | KeywordKinds.Pattern)
                    .Where(each => each.Keyword is not null)
            );
        var refused = certain.Select(each => each.Pointer).ToHashSet(StringComparer.Ordinal);
        return new ArgumentReview(
            [.. certain.Select(each => each.Message).Distinct()],
            [.. arguments.Found.Where(each => !refused.Contains(each.Pointer)).Select(each => each.ToViolation())]
        );
    }

    private static bool IsOfArgumentItself(Collected found, JsonElement arguments)
    {
        if (found.IsUnreadable)
            return true;
        if (found.Keyword is null || found.Pointer.LastIndexOf('/') != 0)
            return false;
        return found.Keyword.SchemaPointer is "/required" or "/additionalProperties" or "/unevaluatedProperties"
            || (
                arguments.TryGetProperty(Json.JsonPointer.Unescape(found.Pointer[1..]), out var value)
                && value.ValueKind == JsonValueKind.Null
            );
    }

    private static JsonElement? InPathAndHeaders(ArgumentLocations places, JsonElement arguments)
    {
        var others = new JsonEdits();
        var count = 0;
        foreach (var argument in arguments.EnumerateObject())
        {
            if (places.Find(argument.Name)?.In is ArgumentLocation.Path or ArgumentLocation.Header)
                count++;
            else
                others.Remove(Json.JsonPointer.Append("", argument.Name));
        }
        return count == 0 ? null : others.ApplyTo(arguments);
    }
}
