using System.Text;
using System.Text.Json;
using McpRuntime.Http;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Serialization;

/// <summary>
/// Cookie arguments. Style form percent-encodes; style cookie (OpenAPI 3.2) sends values as they are, which therefore
/// must consist of what RFC 6265 section 4.1.1 calls cookie octets. What is exploded becomes several cookies.
/// </summary>
internal static class CookieWriter
{
    /// <exception cref="BadValueException">The value could end the cookie.</exception>
    public static void Append(StringBuilder cookies, PlannedArgument argument, JsonElement value)
    {
        var delimiter =
            argument.Style == ParameterStyle.Cookie && argument.Delimiter == ArrayDelimiter.Pipe
                ? "|"
                : Delimiters.Encoded(argument.Delimiter);
        if (argument.ContentType is not null)
        {
            AppendPair(
                cookies,
                argument.WireName,
                Encode(
                    argument,
                    MediaTypes.IsJson(argument.ContentType) ? ScalarText.Json(value) : ScalarText.Of(value)
                )
            );
            return;
        }
        if (value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object))
        {
            AppendPair(cookies, argument.WireName, Encode(argument, ScalarText.Of(value)));
            return;
        }
        var written = false;
        foreach (var (name, text) in Items(argument, value))
        {
            if (argument.Explode)
                AppendPair(cookies, name ?? argument.WireName, text);
            else if (!written)
                AppendPair(cookies, argument.WireName, name is null ? text : $"{name}{delimiter}{text}");
            else
                cookies.Append(delimiter).Append(name is null ? text : $"{name}{delimiter}{text}");
            written = true;
        }
    }

    /// <summary>A cookie octet is visible ASCII but for <c>" , ; \</c>.</summary>
    public static bool IsCookieText(string text)
    {
        foreach (var c in text)
        {
            if (c is <= ' ' or >= (char)0x7F or '"' or ',' or ';' or '\\')
                return false;
        }
        return true;
    }

    private static IEnumerable<(string? Name, string Text)> Items(PlannedArgument argument, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                if (Encode(argument, ScalarText.Of(item)) is { } text)
                    yield return (null, text);
            }
            yield break;
        }
        foreach (var property in value.EnumerateObject())
        {
            if (Encode(argument, ScalarText.Of(property.Value)) is not { } text)
                continue;
            if (argument.Explode && !HttpToken.Is(property.Name))
                throw new BadValueException($"holds the property '{property.Name}', which cannot be a cookie's name.");
            yield return (Encode(argument, property.Name), text);
        }
    }

    private static string? Encode(PlannedArgument argument, string? text)
    {
        if (text is null)
            return null;
        if (argument.Style != ParameterStyle.Cookie)
            return UrlText.Encode(text);
        return IsCookieText(text)
            ? text
            : throw new BadValueException(
                "holds a character that a cookie cannot carry (control, space, quote, comma, semicolon, "
                    + "backslash or beyond ASCII)."
            );
    }

    private static void AppendPair(StringBuilder cookies, string name, string? value)
    {
        if (value is null)
            return;
        if (cookies.Length > 0)
            cookies.Append("; ");
        cookies.Append(name).Append('=').Append(value);
    }
}
