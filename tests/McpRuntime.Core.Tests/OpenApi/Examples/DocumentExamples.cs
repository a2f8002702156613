using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Tests.OpenApi.Examples;

/// <summary>An example of a request, as its document gives it.</summary>
/// <param name="Owner">JSON pointer of the parameter or body after references: what several operations share has
/// one.</param>
/// <param name="In">As the document writes it: path, query, header, cookie, formData; body for the whole body.</param>
/// <param name="Name">Name of the parameter; empty for a body.</param>
/// <param name="Value">The example.</param>
internal sealed record DocumentExample(string Owner, string In, string Name, JsonElement Value);

/// <summary>
/// Finds the request examples of a document by its own reading, so that it does not agree with the importer's by
/// sharing its mistakes. References to other files are not followed.
/// </summary>
internal sealed class DocumentExamples(JsonElement document)
{
    private const int MostReferences = 50;

    /// <summary>The examples of an operation.</summary>
    /// <param name="endpoint"><c>METHOD /path</c>, the path as the document spells it.</param>
    /// <param name="mediaType">The media type of the body that is wanted; null for none.</param>
    public IEnumerable<DocumentExample> Of(string endpoint, string? mediaType)
    {
        var space = endpoint.IndexOf(' ', StringComparison.Ordinal);
        var (method, path) = (endpoint[..space].ToLowerInvariant(), endpoint[(space + 1)..]);
        if (!document.GetProperty("paths").TryGetProperty(path, out var found))
            yield break;
        var (item, itemAt) = Follow(found, $"/paths/{path}");
        if (!item.TryGetProperty(method, out var operation))
            yield break;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (owner, at) in new[] { (operation, $"{itemAt}/{method}"), (item, itemAt) })
        {
            foreach (var (parameter, pointer) in Items(owner, "parameters", at))
            {
                // The operation's own takes the place of the path's.
                if (seen.Add($"{Text(parameter, "in")} {Text(parameter, "name")}"))
                {
                    var place = Text(parameter, "in");
                    foreach (var value in OfParameter(parameter))
                        yield return new DocumentExample(
                            pointer,
                            place,
                            place == "body" ? "" : Text(parameter, "name"),
                            value
                        );
                }
            }
        }
        if (mediaType is not null && operation.TryGetProperty("requestBody", out var body))
        {
            var (meant, pointer) = Follow(body, $"{itemAt}/{method}/requestBody");
            foreach (var value in OfBody(meant, mediaType))
                yield return new DocumentExample(pointer, "body", "", value);
        }
    }

    private IEnumerable<(JsonElement, string)> Items(JsonElement owner, string name, string place)
    {
        if (!owner.TryGetProperty(name, out var items) || items.ValueKind != JsonValueKind.Array)
            yield break;
        var index = 0;
        foreach (var item in items.EnumerateArray())
            yield return Follow(item, $"{place}/{name}/{index++}");
    }

    private List<JsonElement> OfParameter(JsonElement parameter)
    {
        var examples = Own(parameter);
        if (
            parameter.TryGetProperty("content", out var content)
            && content.EnumerateObject().FirstOrDefault() is { Value.ValueKind: JsonValueKind.Object } type
        )
            examples.AddRange(Own(type.Value));
        return examples.Count > 0 ? examples : OfSchema(parameter);
    }

    private List<JsonElement> OfBody(JsonElement body, string mediaType)
    {
        if (!body.TryGetProperty("content", out var content))
            return [];
        // A range is sent as one of its types.
        var types = content.EnumerateObject().ToList();
        var type = types.FirstOrDefault(each => each.Name == mediaType);
        var ranges = types.FindAll(each => each.Name.Contains('*', StringComparison.Ordinal));
        if (type.Value.ValueKind == JsonValueKind.Undefined && ranges.Count == 1)
            type = ranges[0];
        if (type.Value.ValueKind != JsonValueKind.Object)
            return [];
        var examples = Own(type.Value);
        return examples.Count > 0 ? examples : OfSchema(type.Value);
    }

    private List<JsonElement> OfSchema(JsonElement owner) =>
        owner.TryGetProperty("schema", out var schema) ? Own(Follow(schema, "").Element) : [];

    private List<JsonElement> Own(JsonElement owner)
    {
        var examples = new List<JsonElement>();
        if (owner.ValueKind != JsonValueKind.Object)
            return examples;
        if (owner.TryGetProperty("example", out var only) || owner.TryGetProperty("x-example", out only))
            examples.Add(only);
        if (!owner.TryGetProperty("examples", out var several))
            return examples;
        if (several.ValueKind == JsonValueKind.Array)
            examples.AddRange(several.EnumerateArray());
        else if (several.ValueKind == JsonValueKind.Object)
        {
            foreach (var named in several.EnumerateObject())
            {
                var (meant, _) = Follow(named.Value, "");
                if (
                    meant.ValueKind == JsonValueKind.Object
                    && (meant.TryGetProperty("value", out var value) || meant.TryGetProperty("dataValue", out value))
                )
                    examples.Add(value);
            }
        }
        return examples;
    }

    // Where a reference leads nowhere in this document, an object without members.
    private (JsonElement Element, string Pointer) Follow(JsonElement element, string pointer)
    {
        for (var i = 0; i < MostReferences; i++)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("$ref", out var reference))
                return (element, pointer);
            if (
                reference.ValueKind != JsonValueKind.String
                || !reference.GetString()!.StartsWith("#/", StringComparison.Ordinal)
            )
                return (JsonElement.Parse("{}"), pointer);
            pointer = reference.GetString()![1..];
            element = document;
            foreach (var token in pointer[1..].Split('/'))
                element = Step(element, JsonPointer.Unescape(Uri.UnescapeDataString(token)));
        }
        return (element, pointer);
    }

    private static JsonElement Step(JsonElement element, string token)
    {
        if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty(token, out var member))
            return member;
        return
            element.ValueKind == JsonValueKind.Array
            && int.TryParse(token, out var index)
            && index < element.GetArrayLength()
            ? element[index]
            : JsonElement.Parse("{}");
    }

    private static string Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object
        && owner.TryGetProperty(name, out var text)
        && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : "";
}
