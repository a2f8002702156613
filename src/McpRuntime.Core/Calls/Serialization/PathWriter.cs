using System.Text;
using System.Text.Json;
using McpRuntime.Http;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Serialization;

/// <summary>Path arguments in the styles simple, label and matrix (RFC 6570 sections 3.2.2, 3.2.5, 3.2.7).</summary>
internal static class PathWriter
{
    /// <exception cref="BadValueException">The value would leave its segment or make it disappear.</exception>
    public static void Append(StringBuilder path, PlannedArgument argument, JsonElement value)
    {
        var set = argument.AllowReserved ? UrlSet.ReservedInPath : UrlSet.Unreserved;
        if (argument.ContentType is not null)
        {
            UrlText.Append(path, Guard(MediaTypes.IsJson(argument.ContentType) ? ScalarText.Json(value) : ScalarText.Of(value)), set);
            return;
        }
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                AppendArray(path, argument, value, set);
                break;
            case JsonValueKind.Object:
                AppendObject(path, argument, value, set);
                break;
            // RFC 6570 section 3.2.7: `;name` alone, which leaves the segment where it is.
            case JsonValueKind.String when argument.Style == ParameterStyle.Matrix && value.ValueEquals(""u8):
                path.Append(';');
                UrlText.Append(path, argument.WireName, UrlSet.Unreserved);
                break;
            default:
                var text = Guard(ScalarText.Of(value));
                AppendFirst(path, argument, named: true);
                UrlText.Append(path, text, set);
                break;
        }
    }

    /// <summary>The text of a value, if it is one that can only be a part of its own segment.</summary>
    internal static string Guard(string? text)
    {
        if (string.IsNullOrEmpty(text))
            throw new BadValueException("is empty, but it stands in the path, where an empty value would name another resource; give a value.");
        foreach (var c in text)
        {
            if (char.IsControl(c))
                throw new BadValueException($"holds the control character U+{(int)c:X4}, which no path may carry; leave it out.");
        }
        // A server that decodes %2F or \ before it splits the path would walk up.
        foreach (var segment in text.AsSpan().SplitAny('/', '\\'))
        {
            if (text.AsSpan(segment) is "." or "..")
                throw new BadValueException($"holds the path segment '{text[segment]}', which would lead to another resource; give a value without it.");
        }
        return text;
    }

    private static void AppendArray(StringBuilder path, PlannedArgument argument, JsonElement array, UrlSet set)
    {
        var first = true;
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Null)
                continue;
            var text = Guard(ScalarText.Of(item));
            if (first || argument.Explode)
                AppendSeparator(path, argument, first, named: true);
            else
                path.Append(Delimiter(argument.Delimiter));
            UrlText.Append(path, text, set);
            first = false;
        }
        if (first)
            Guard("");
    }

    private static void AppendObject(StringBuilder path, PlannedArgument argument, JsonElement value, UrlSet set)
    {
        var first = true;
        foreach (var property in value.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Null)
                continue;
            var name = Guard(property.Name);
            var text = Guard(ScalarText.Of(property.Value));
            if (first || argument.Explode)
                AppendSeparator(path, argument, first, named: !argument.Explode);
            else
                path.Append(',');
            UrlText.Append(path, name, set);
            path.Append(argument.Explode ? '=' : ',');
            UrlText.Append(path, text, set);
            first = false;
        }
        if (first)
            Guard("");
    }

    private static void AppendSeparator(StringBuilder path, PlannedArgument argument, bool first, bool named)
    {
        if (first || argument.Style == ParameterStyle.Matrix)
            AppendFirst(path, argument, named);
        else
            path.Append(argument.Style == ParameterStyle.Label ? "." : Delimiter(argument.Delimiter));
    }

    private static void AppendFirst(StringBuilder path, PlannedArgument argument, bool named)
    {
        if (argument.Style == ParameterStyle.Label)
            path.Append('.');
        if (argument.Style != ParameterStyle.Matrix)
            return;
        path.Append(';');
        if (!named)
            return;
        UrlText.Append(path, argument.WireName, UrlSet.Unreserved);
        path.Append('=');
    }

    private static string Delimiter(ArrayDelimiter delimiter) => Delimiters.Encoded(delimiter);
}
