using System.Globalization;
using System.Text.Json;

namespace McpRuntime.Json.Schemas;

/// <summary>
/// The input schemas of a connector's tools as one JSON document, each definition in it once:
/// <c>{"definitions": {NAME: …}, "tools": {"0": …}}</c>.
/// </summary>
/// <param name="definitions">By name; those that no input reaches may be missing.</param>
/// <param name="inputs">In the order of the tools.</param>
internal sealed class InputSchemas(IReadOnlyDictionary<string, JsonText> definitions, IReadOnlyList<JsonText> inputs)
{
    internal const string Tools = "/tools/";

    // Bytes that are searched quickly. Searching the input schemas of the largest APIs takes a tenth of their import.
    private const int Small = 256 * 1024;

    private JsonElement _document;

    /// <summary>The document; written when it is first needed.</summary>
    internal JsonElement Document => _document.ValueKind == JsonValueKind.Undefined ? _document = Write() : _document;

    /// <summary>True where import searches for schemas that no value fits; in larger ones, validation does.</summary>
    internal bool AreSmall
    {
        get
        {
            var length = 0L;
            foreach (var (_, schema) in definitions)
                length += schema.Utf8.Length;
            foreach (var schema in inputs)
                length += schema.Utf8.Length;
            return length <= Small;
        }
    }

    private JsonElement Write()
    {
        var json = new JsonBuffer(4096);
        json.Raw("{\"definitions\":{"u8);
        var isFirst = true;
        foreach (var (name, schema) in definitions)
            Add(json, name, schema, ref isFirst);
        json.Raw("},\"tools\":{"u8);
        isFirst = true;
        for (var i = 0; i < inputs.Count; i++)
            Add(json, i.ToString(CultureInfo.InvariantCulture), inputs[i], ref isFirst);
        json.Raw("}}"u8);
        return JsonElement.Parse(json.Written.Span, new JsonDocumentOptions { MaxDepth = 512 });
    }

    private static void Add(JsonBuffer json, string name, JsonText schema, ref bool isFirst)
    {
        if (!isFirst)
            json.Raw((byte)',');
        isFirst = false;
        json.String(name);
        json.Raw((byte)':');
        json.Raw(schema.Utf8.Span);
    }
}
