using McpRuntime.Http;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Arguments;

/// <summary>Where the value at a JSON pointer into the arguments goes.</summary>
internal static class ArgumentPlaces
{
    /// <summary>The argument that a pointer leads to or into, and how many tokens the pointer has.</summary>
    public static (string Argument, int Depth) Of(string pointer)
    {
        var tokens = JsonPointer.Tokens(pointer);
        return (tokens.Count > 0 ? tokens[0] : "", tokens.Count);
    }

    /// <summary>
    /// Whether a number or boolean there is written as the same text that a string of it would be: an argument outside of
    /// JSON, or an item of it. What is nested deeper may be written as JSON.
    /// </summary>
    public static bool IsText(CallPlan plan, string pointer)
    {
        var (argument, depth) = Of(pointer);
        var isTextBody = plan.Body is { } body && MediaTypes.KindOf(body.Essence) is MediaKind.Form or MediaKind.Multipart;
        if (plan.Body?.Argument == argument)
            return isTextBody && depth is 2 or 3;
        if (!plan.Arguments.TryGetValue(argument, out var planned) || depth > 2)
            return false;
        return planned.In == ArgumentLocation.Body ? isTextBody : planned.ContentType is null;
    }
}
