using System.Text;
using System.Text.Json;

namespace McpRuntime.Json;

/// <summary>
/// One JSON value as its UTF-8 text. Manifests hold their schemas this way: the text is written once at import and
/// copied wherever it is served, and nothing is parsed that no one looks at. A class: collections of it use code that
/// the framework ships compiled, those of a struct are compiled in each process.
/// </summary>
/// <param name="utf8">Exactly one valid JSON value; the caller no longer changes the memory.</param>
public sealed class JsonText(ReadOnlyMemory<byte> utf8) : IEquatable<JsonText>
{
    /// <summary>JSON <c>null</c>.</summary>
    public static JsonText Null { get; } = new("null"u8.ToArray());

    /// <summary>The UTF-8 text of the value.</summary>
    public ReadOnlyMemory<byte> Utf8 => utf8;

    public static bool operator ==(JsonText? left, JsonText? right) =>
        left is null ? right is null : left.Equals(right);

    public static bool operator !=(JsonText? left, JsonText? right) => !(left == right);

    /// <summary>Takes over JSON text.</summary>
    /// <exception cref="JsonException">The text is not one JSON value.</exception>
    public static JsonText Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return From(document.RootElement);
    }

    /// <summary>Copies the exact text of an element, numbers to the last digit.</summary>
    public static JsonText From(JsonElement element) => new(Encoding.UTF8.GetBytes(element.GetRawText()));

    /// <summary>Parses into an element that owns its memory.</summary>
    public JsonElement ToElement() => JsonElement.Parse(Utf8.Span);

    /// <summary>Writes the value as it is.</summary>
    public void WriteTo(Utf8JsonWriter writer) => writer.WriteRawValue(Utf8.Span, skipInputValidation: true);

    /// <summary>Equal to the byte; two spellings of one value are different texts.</summary>
    public bool Equals(JsonText? other) => other is not null && Utf8.Span.SequenceEqual(other.Utf8.Span);

    public override bool Equals(object? obj) => obj is JsonText other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Utf8.Span);
        return hash.ToHashCode();
    }

    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);
}
