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

    // What takes no time to look through; bytes. Looking through the inputs of the largest APIs takes a tenth of their import.
    private const int Small = 256 * 1024;

    /// <summary>True where import looks for schemas that no value fits; of larger ones, validation does.</summary>
    internal static bool AreSmall(IEnumerable<JsonText> schemas) => schemas.Sum(schema => (long)schema.Utf8.Length) <= Small;

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
