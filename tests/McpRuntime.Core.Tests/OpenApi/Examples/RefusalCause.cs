using System.Text.RegularExpressions;

namespace McpRuntime.Tests.OpenApi.Examples;

/// <summary>Why an example is refused, in few words, from the first reason of its message.</summary>
internal static partial class RefusalCause
{
    private static readonly (string Words, string Cause)[] Causes =
    [
        ("is not an argument of this tool", "an argument that the tool does not have"),
        ("is not a known member", "a member that a closed object does not have"),
        (" is required", "a required argument or member is missing"),
        ("must be one of", "not in the enum"),
        ("must be \"", "not in the enum"),
        ("must match the pattern", "does not match the pattern"),
        ("must be a multiple of", "not a multiple"),
        ("must have at", "too short or too long"),
        ("must be at ", "out of range"),
        ("must be less than", "out of range"),
        ("must be greater than", "out of range"),
        ("must not hold the same item twice", "the same item twice"),
        ("exactly one of", "fits more than one form"),
        ("the forms", "fits none of the forms"),
        ("consists of named properties", "text for a body of named properties"),
        ("has neither 'text' nor 'base64'", "no content for a file"),
        ("must be base64", "no base64"),
        ("is empty, but it fills", "an empty path segment"),
        ("path segment", "a dot or empty path segment"),
        ("holds the control character", "a control character"),
        ("cookie", "not writable as a cookie"),
    ];

    public static string Of(string message)
    {
        var reason = message.Split("\n- ") is [_, var first, ..] ? first : message;
        foreach (var (words, cause) in Causes)
        {
            if (reason.Contains(words, StringComparison.Ordinal))
                return cause;
        }
        return OtherType().Match(reason) is { Success: true } type
            ? $"another type: {type.Groups[1].Value} wanted, {type.Groups[2].Value} given"
            : "other: " + reason;
    }

    [GeneratedRegex("must be (.{3,60}?), is (an? \\w+|null|true|false|\\w+)")]
    private static partial Regex OtherType();
}
