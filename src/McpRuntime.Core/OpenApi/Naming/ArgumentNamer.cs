using System.Security.Cryptography;
using System.Text;
using McpRuntime.Manifests;

namespace McpRuntime.OpenApi.Naming;

/// <summary>
/// Names of a tool's arguments, as clients accept them: <c>^[A-Za-z0-9_-]{1,64}$</c>. Where names of the wire coincide,
/// the first keeps its name (path before query before header before cookie before body) and the others begin with
/// their place.
/// </summary>
internal sealed class ArgumentNamer
{
    private const int MaxLength = 64;

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Begins with the next tool.</summary>
    internal void Clear() => _taken.Clear();

    /// <summary>A name that no other argument has.</summary>
    /// <param name="location">Where the argument goes.</param>
    /// <param name="wireName">Its name there.</param>
    internal string Name(ArgumentLocation location, string wireName)
    {
        var plain = Legal(wireName);
        if (_taken.Add(plain))
            return plain;
        var placed = Legal($"{location.ToString().ToLowerInvariant()}_{plain}");
        if (_taken.Add(placed))
            return placed;
        // Two names of one place that differ only in characters that are not legal.
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(wireName)));
        for (var length = 4; ; length++)
        {
            var suffixed = $"{plain[..Math.Min(plain.Length, MaxLength - length - 1)]}_{hash[..length]}";
            if (_taken.Add(suffixed))
                return suffixed;
        }
    }

    /// <summary>The argument that is the whole body.</summary>
    internal string NameOfBody() => _taken.Add("body") ? "body" : Name(ArgumentLocation.Body, "request_body");

    private static string Legal(string wireName)
    {
        var isLegal = wireName.Length is > 0 and <= MaxLength;
        foreach (var c in wireName)
            isLegal &= IsLegal(c);
        if (isLegal)
            return wireName;
        var name = new StringBuilder(Math.Min(wireName.Length, MaxLength));
        foreach (var c in wireName)
        {
            if (IsLegal(c))
                name.Append(c);
            else if (name.Length > 0 && name[^1] != '_')
                name.Append('_');
        }
        var text = name.ToString().Trim('_');
        if (text.Length == 0)
            return "argument";
        return text.Length <= MaxLength ? text : text[..MaxLength];
    }

    private static bool IsLegal(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
}
