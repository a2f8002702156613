using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Http.Mcp;

/// <summary>
/// Values of <c>Mcp-Name</c> and <c>Mcp-Param-*</c> (SEP-2243): plain ASCII, or Base64 in <c>=?base64?…?=</c>.
/// </summary>
internal static class HeaderValue
{
    // 2^53 - 1: what every client's number can hold exactly.
    private const long MostInteger = 9_007_199_254_740_991;

    /// <summary>The value; null where the header is malformed.</summary>
    public static string? Decode(string header)
    {
        var text = header.Trim(' ', '\t');
        foreach (var c in text)
        {
            if (c is not ('\t' or (>= ' ' and <= '~')))
                return null;
        }
        return McpHeaderEncoder.DecodeValue(text);
    }

    /// <summary>The header's value means the argument; integers are compared as numbers.</summary>
    public static bool Says(string actual, JsonNode value)
    {
        if (value.GetValueKind() == JsonValueKind.Number)
        {
            return Integer(actual) is { } sent && Integer(value.ToJsonString()) is { } given && sent == given;
        }
        return McpHeaderEncoder.ConvertToHeaderValue(value) is not { } expected
            || McpHeaderEncoder.DecodeValue(expected) == actual;
    }

    private static long? Integer(string text) =>
        decimal.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture,
            out var number
        )
        && decimal.IsInteger(number)
        && Math.Abs(number) <= MostInteger
            ? (long)number
            : null;
}
