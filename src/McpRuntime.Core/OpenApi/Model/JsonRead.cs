using System.Text.Json;
using McpRuntime.Json.Schemas;

namespace McpRuntime.OpenApi.Model;

/// <summary>
/// Reads values of documents that may hold anything anywhere: a wrong type is null, never an exception.
/// </summary>
internal static class JsonRead
{
    /// <summary>
    /// The text; null where the value is not a string, or one that no Unicode text stands for (a lone surrogate).
    /// </summary>
    internal static string? Text(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Copies the text of a JSON string with its quotes; false where no Unicode text stands for it.</summary>
    /// <param name="raw">As it is in the document.</param>
    /// <param name="text">Has room for as many characters as <paramref name="raw"/> has bytes.</param>
    /// <param name="length">Characters copied.</param>
    internal static bool TryCopy(ReadOnlySpan<byte> raw, Span<char> text, out int length)
    {
        var reader = new Utf8JsonReader(raw);
        reader.Read();
        try
        {
            length = reader.CopyString(text);
            return true;
        }
        catch (InvalidOperationException)
        {
            length = 0;
            return false;
        }
    }

    /// <summary>The name of a property; a name that is not Unicode text is given in its escaped spelling.</summary>
    internal static string Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return System.Text.Encoding.UTF8.GetString(
                System.Runtime.InteropServices.JsonMarshal.GetRawUtf8PropertyName(property)
            );
        }
    }

    internal static string? Text(JsonElement owner, ReadOnlySpan<byte> name) =>
        TryGet(owner, name, out var value) ? Text(value) : null;

    internal static bool IsTrue(JsonElement owner, ReadOnlySpan<byte> name) =>
        TryGet(owner, name, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>Null where the property is absent or no boolean.</summary>
    internal static bool? Bool(JsonElement owner, ReadOnlySpan<byte> name) =>
        !TryGet(owner, name, out var value)
            ? null
            : value.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                _ => null,
            };

    /// <summary>False too where <paramref name="owner"/> is not an object.</summary>
    internal static bool TryGet(JsonElement owner, ReadOnlySpan<byte> name, out JsonElement value)
    {
        if (owner.ValueKind == JsonValueKind.Object)
            return owner.TryGetProperty(name, out value);
        value = default;
        return false;
    }

    internal static bool TryGetObject(JsonElement owner, ReadOnlySpan<byte> name, out JsonElement value) =>
        TryGet(owner, name, out value) && value.ValueKind == JsonValueKind.Object;

    internal static bool TryGetArray(JsonElement owner, ReadOnlySpan<byte> name, out JsonElement value) =>
        TryGet(owner, name, out value) && value.ValueKind == JsonValueKind.Array;

    /// <summary>The strings of an array; other items are ignored.</summary>
    internal static IReadOnlyList<string> Texts(JsonElement owner, ReadOnlySpan<byte> name) =>
        TryGetArray(owner, name, out var array) ? Texts(array) : [];

    /// <summary>The same, of the array itself.</summary>
    internal static IReadOnlyList<string> Texts(JsonElement array)
    {
        if (array.GetArrayLength() == 0)
            return [];
        var texts = new List<string>(array.GetArrayLength());
        foreach (var item in array.EnumerateArray())
        {
            if (Text(item) is { } text)
                texts.Add(text);
        }
        return texts;
    }

    /// <summary>A string, or the spelling of a number or boolean: what an author who forgot the quotes meant.</summary>
    internal static string? Scalar(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.String => Text(element),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
            _ => null,
        };

    /// <summary>What a finding calls the kind of a value.</summary>
    internal static string Kind(JsonElement element) =>
        element.ValueKind == JsonValueKind.Undefined ? "nothing" : Preview.Kind(element);
}
