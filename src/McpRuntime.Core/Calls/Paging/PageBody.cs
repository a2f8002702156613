using System.Runtime.InteropServices;
using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Calls.Paging;

/// <summary>The JSON of one page, and the places in it that its tool's <c>pagination</c> names.</summary>
internal sealed class PageBody : IDisposable
{
    private readonly JsonDocument _document;

    private PageBody(JsonDocument document) => _document = document;

    public JsonElement Root => _document.RootElement;

    /// <summary>Null where there is no JSON.</summary>
    public static PageBody? Read(JsonText? json)
    {
        if (json is null)
            return null;
        try
        {
            return new PageBody(JsonDocument.Parse(json.Utf8));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The value at a JSON pointer; null where there is none.</summary>
    public JsonElement? At(string? pointer) => pointer is null ? null : JsonPointer.Find(Root, pointer);

    /// <summary>The text of a value as it is in the body.</summary>
    public static ReadOnlySpan<byte> TextOf(JsonElement value) => JsonMarshal.GetRawUtf8Value(value);

    public void Dispose() => _document.Dispose();
}
