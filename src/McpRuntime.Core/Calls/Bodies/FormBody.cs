using System.Text;
using System.Text.Json;
using McpRuntime.Calls.Serialization;
using McpRuntime.Http;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Bodies;

/// <summary>
/// application/x-www-form-urlencoded (OpenAPI 3.1.1, Encoding Object). Without an encoding, arrays repeat their name
/// and objects go as JSON; with a style, the style says how.
/// </summary>
internal static class FormBody
{
    public static byte[] Build(BodyPlan plan, List<KeyValuePair<string, JsonElement>> properties)
    {
        var form = new StringBuilder();
        var writer = new QueryWriter(form, isForm: true);
        foreach (var (name, value) in properties)
        {
            try
            {
                Append(writer, name, value, plan.Encoding.GetValueOrDefault(name));
            }
            catch (Exception bad) when (BadValueException.IsOne(bad))
            {
                throw BadValueException.InProperty(name, bad);
            }
        }
        return Encoding.UTF8.GetBytes(form.ToString());
    }

    private static void Append(QueryWriter writer, string name, JsonElement value, PartEncoding? encoding)
    {
        if (encoding is { File: true })
            writer.AppendPair(name, Convert.ToBase64String(FileArgument.Read(value).Bytes), UrlSet.Form);
        else if (
            encoding is { Style: null, Explode: null, AllowReserved: false, ContentType: { } type }
            && MediaTypes.IsJson(MediaTypes.Essence(type))
        )
            AppendJson(writer, name, value);
        else if (
            value.ValueKind == JsonValueKind.Object
            && (encoding is null or { Style: null, Explode: null, AllowReserved: false })
        )
            writer.AppendPair(name, ScalarText.Json(value), UrlSet.Form);
        else
            writer.Append(Planned(name, encoding), value);
    }

    /// <summary>A property as an argument of the query, whose styles and defaults it shares.</summary>
    public static PlannedArgument Planned(string name, PartEncoding? encoding) =>
        encoding is null
            ? QueryWriter.FormProperty(name)
            : QueryWriter.FormProperty(name) with
            {
                Style = encoding.Style ?? ParameterStyle.Form,
                Explode = encoding.Explode ?? (encoding.Style ?? ParameterStyle.Form) == ParameterStyle.Form,
                Delimiter = encoding.Delimiter,
                Items = encoding.Items,
                AllowReserved = encoding.AllowReserved,
            };

    // "one encoded value per array item, each with the same name" (OpenAPI 3.1.1, Encoding Object).
    private static void AppendJson(QueryWriter writer, string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            writer.AppendPair(name, ScalarText.Json(value), UrlSet.Form);
            return;
        }
        foreach (var item in value.EnumerateArray())
            writer.AppendPair(name, ScalarText.Json(item), UrlSet.Form);
    }
}
