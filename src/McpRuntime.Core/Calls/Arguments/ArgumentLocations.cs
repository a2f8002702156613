using McpRuntime.Calls.Bodies;
using McpRuntime.Calls.Serialization;
using McpRuntime.Http;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Arguments;

/// <summary>How a value is written.</summary>
/// <param name="IsText">A number or boolean is written as the same text that a string of it would be.</param>
/// <param name="Delimiter">What joins the items of an array; null where each item is written on its own, or as
/// JSON.</param>
internal readonly record struct WrittenForm(bool IsText, ArrayDelimiter? Delimiter);

/// <summary>Where the values at JSON pointers into a tool's arguments go.</summary>
/// <param name="method">The HTTP method.</param>
/// <param name="essence">The media type of the body, without parameters; null for no body.</param>
/// <param name="wholeBody">The argument that is the whole body; null for none.</param>
/// <param name="encoding">How properties of a form or multipart body are written.</param>
/// <param name="find">Finds an argument by its name.</param>
internal sealed class ArgumentLocations(
    string method,
    string? essence,
    string? wholeBody,
    IReadOnlyDictionary<string, PartEncoding>? encoding,
    Func<string, PlannedArgument?> find
)
{
    /// <summary>The argument of a name; null where the tool has none.</summary>
    public PlannedArgument? Find(string name) => find(name);

    /// <summary>
    /// How the value at a pointer is written. What is nested deeper than an item of an argument may be written as JSON.
    /// </summary>
    public WrittenForm FormOf(string pointer)
    {
        var tokens = JsonPointer.Tokens(pointer);
        if (tokens.Count == 0)
            return default;
        if (wholeBody == tokens[0])
            return tokens.Count > 1 && IsTextBody ? FormOf(Property(tokens[1]), tokens.Count - 1) : default;
        return find(tokens[0]) switch
        {
            { In: ArgumentLocation.Body } property => IsTextBody
                ? FormOf(Property(property.WireName), tokens.Count)
                : default,
            { ContentType: null } argument => FormOf(argument, tokens.Count),
            _ => default,
        };
    }

    /// <summary>
    /// A null there deletes (RFC 7396). As the whole body it would delete everything, which no null of an optional
    /// argument can be taken for.
    /// </summary>
    public bool Deletes(string pointer)
    {
        if (essence is null || !MediaTypes.IsJson(essence) || (method != "PATCH" && essence != MediaTypes.MergePatch))
            return false;
        var tokens = JsonPointer.Tokens(pointer);
        return tokens.Count > 0
            && (tokens[0] == wholeBody ? tokens.Count > 1 : find(tokens[0]) is { In: ArgumentLocation.Body });
    }

    private bool IsTextBody =>
        essence is not null && MediaTypes.KindOf(essence) is MediaKind.Form or MediaKind.Multipart;

    private PlannedArgument Property(string name) => FormBody.Planned(name, encoding?.GetValueOrDefault(name));

    private static WrittenForm FormOf(PlannedArgument argument, int depth)
    {
        if (depth == 1)
            return new WrittenForm(
                IsText: true,
                argument.Explode || argument.Style == ParameterStyle.DeepObject ? null : argument.Delimiter
            );
        var items = argument.Items;
        for (var level = 2; level < depth; level++)
            items = items?.Items;
        return new WrittenForm(depth == 2, items?.Delimiter);
    }
}
