using System.Globalization;
using System.Text.Json;
using McpRuntime.Documents;
using McpRuntime.Json;

namespace McpRuntime.Validation;

/// <summary>
/// The input schemas of a connector's tools as one JSON document, each definition in it once:
/// <c>{"definitions": {NAME: …}, "tools": {"0": …}}</c>.
/// </summary>
internal static class InputSchemas
{
    internal const string Tools = "/tools/";

    // What takes no time to look through as a whole; bytes.
    private const int Small = 256 * 1024;

    /// <summary>
    /// False where import need not look for schemas that no value fits. What one schema object says about itself is repaired
    /// when it is written; of large documents, only those are looked through in which several schemas apply to one value.
    /// </summary>
    internal static bool MayBeImpossible(IEnumerable<JsonText> schemas)
    {
        var length = 0L;
        foreach (var schema in schemas)
        {
            var text = schema.Utf8.Span;
            length += text.Length;
            if (text.IndexOf("\"allOf\""u8) >= 0 || text.IndexOf("\"not\""u8) >= 0 || text.IndexOf("\"items\":false"u8) >= 0)
                return true;
        }
        return length <= Small;
    }

    /// <param name="definitions">By name; those that no input reaches may be missing.</param>
    /// <param name="inputs">In the order of the tools.</param>
    internal static JsonElement Together(IEnumerable<KeyValuePair<string, JsonText>> definitions, IEnumerable<JsonText> inputs)
    {
        var json = new JsonBuffer(4096);
        json.Raw("{\"definitions\":{"u8);
        var isFirst = true;
        foreach (var (name, schema) in definitions)
            Add(json, name, schema, ref isFirst);
        json.Raw("},\"tools\":{"u8);
        var number = 0;
        isFirst = true;
        foreach (var input in inputs)
            Add(json, (number++).ToString(CultureInfo.InvariantCulture), input, ref isFirst);
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
