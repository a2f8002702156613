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
        var set = argument switch
        {
            { AllowSlash: true, AllowReserved: true } => UrlSet.ReservedInSegments,
            { AllowSlash: true } => UrlSet.Segments,
            { AllowReserved: true } => UrlSet.ReservedInPath,
            _ => UrlSet.Unreserved,
        };
        if (argument.ContentType is not null)
        {
            UrlText.Append(
                path,
                PathGuard.Check(
                    MediaTypes.IsJson(argument.ContentType) ? ScalarText.Json(value) : ScalarText.Of(value),
                    argument
                ),
                set
            );
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
                var text = PathGuard.Check(ScalarText.Of(value), argument);
                AppendFirst(path, argument, named: true);
                UrlText.Append(path, text, set);
                break;
        }
    }

    private static void AppendArray(StringBuilder path, PlannedArgument argument, JsonElement array, UrlSet set)
    {
        var first = true;
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Null)
                continue;
            PathGuard.Check(ItemText.Plain(item, argument.Items), argument);
            if (first || argument.Explode)
                AppendSeparator(path, argument, first, named: true);
            else
                path.Append(Delimiter(argument.Delimiter));
            ItemText.Append(path, item, argument.Items, set);
            first = false;
        }
        if (first)
            PathGuard.Check("", argument);
    }

    private static void AppendObject(StringBuilder path, PlannedArgument argument, JsonElement value, UrlSet set)
    {
        var first = true;
        foreach (var property in value.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Null)
                continue;
            var name = PathGuard.Check(property.Name, argument);
            var text = PathGuard.Check(ScalarText.Of(property.Value), argument);
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
            PathGuard.Check("", argument);
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
