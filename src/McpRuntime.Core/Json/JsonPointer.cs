using System.Text.Json;

namespace McpRuntime.Json;

/// <summary>JSON pointers (RFC 6901) as text.</summary>
public static class JsonPointer
{
    /// <summary><paramref name="pointer"/> followed by one escaped reference token.</summary>
    public static string Append(string pointer, string token) => $"{pointer}/{Escape(token)}";

    /// <summary><paramref name="pointer"/> followed by an array index.</summary>
    public static string Append(string pointer, int index) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{pointer}/{index}");

    /// <summary>Escapes <c>~</c> and <c>/</c> (RFC 6901 section 3).</summary>
    public static string Escape(string token) =>
        token.AsSpan().ContainsAny('~', '/')
            ? token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)
            : token;

    /// <summary>Undoes <see cref="Escape"/>; <c>~1</c> before <c>~0</c>, as RFC 6901 section 4 orders.</summary>
    public static string Unescape(string token) =>
        token.Contains('~', StringComparison.Ordinal)
            ? token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
            : token;

    /// <summary>The value that a pointer through objects means; null where there is none.</summary>
    public static JsonElement? Find(JsonElement value, string pointer)
    {
        foreach (var token in Tokens(pointer))
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(token, out value))
                return null;
        }
        return value;
    }

    /// <summary>The unescaped reference tokens of a pointer; none for the empty pointer.</summary>
    public static IReadOnlyList<string> Tokens(string pointer)
    {
        if (pointer.Length == 0)
            return [];
        var tokens = pointer.Split('/');
        var unescaped = new string[tokens.Length - 1];
        for (var i = 1; i < tokens.Length; i++)
            unescaped[i - 1] = Unescape(tokens[i]);
        return unescaped;
    }
}
