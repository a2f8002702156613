using System.Security.Cryptography;
using System.Text;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Naming;

/// <summary>
/// Names of tools. A name depends on its operation alone, so that leaving others out changes nothing; where two
/// coincide, both get a suffix from their own method and path.
/// </summary>
internal static class ToolNamer
{
    /// <summary>What model APIs take.</summary>
    internal const int MaxLength = 64;

    private const int SuffixLength = 6;

    /// <summary>One name for each operation, in their order.</summary>
    /// <param name="operations">All operations of the document, chosen or not.</param>
    internal static string[] Assign(IReadOnlyList<OperationHead> operations)
    {
        var names = new string[operations.Count];
        var counts = new Dictionary<string, int>(operations.Count, StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = Short(operations[i]) ?? NameShortener.Fit(Words(operations[i]), MaxLength);
            counts[names[i]] = counts.GetValueOrDefault(names[i]) + 1;
        }
        if (counts.Count == names.Length)
            return names;
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, count) in counts)
        {
            if (count == 1)
                taken.Add(name);
        }
        for (var i = 0; i < names.Length; i++)
        {
            if (counts[names[i]] > 1)
                names[i] = WithSuffix(names[i], $"{operations[i].Method} {operations[i].Path}", taken);
        }
        return names;
    }

    /// <summary>A name that is taken, with a suffix from what it is called for.</summary>
    /// <param name="name">The name that coincides.</param>
    /// <param name="endpoint">Method and path.</param>
    /// <param name="taken">All names; receives the new one.</param>
    internal static string WithSuffix(string name, string endpoint, HashSet<string> taken)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(endpoint)));
        var words = new List<string>(name.Split('_', StringSplitOptions.RemoveEmptyEntries));
        for (var length = SuffixLength; ; length++)
        {
            var suffixed = $"{NameShortener.Fit(words, MaxLength - length - 1)}_{hash[..length]}";
            if (taken.Add(suffixed))
                return suffixed;
        }
    }

    // Most identifiers begin with a letter and fit: what is done below for all others would change nothing.
    private static string? Short(OperationHead operation)
    {
        Span<char> name = stackalloc char[MaxLength];
        return
            (operation.Extension.Name ?? operation.OperationId) is { } id
            && SnakeCase.TryJoin(id, name, out var length)
            && length > 0
            && char.IsAsciiLetter(name[0])
            ? new string(name[..length])
            : null;
    }

    private static List<string> Words(OperationHead operation)
    {
        var words = SnakeCase.Words(operation.Extension.Name ?? operation.OperationId ?? "");
        if (!words.Exists(word => char.IsAsciiLetter(word[0])))
            words = OfEndpoint(operation);
        // A name begins with a letter.
        if (!char.IsAsciiLetter(words[0][0]))
            words.Insert(
                0,
                operation.Method.ToLowerInvariant() is { } method && char.IsAsciiLetter(method[0]) ? method : "call"
            );
        return words;
    }

    // GET /pets/{petId}/photos: get pets by pet id photos.
    private static List<string> OfEndpoint(OperationHead operation)
    {
        var words = SnakeCase.Words(operation.Method);
        if (words.Count == 0)
            words.Add("call");
        foreach (var segment in operation.Path.Split('/'))
        {
            if (segment.StartsWith('{'))
                words.Add("by");
            words.AddRange(SnakeCase.Words(segment));
        }
        if (words.Count == 1)
            words.Add("root");
        return words;
    }
}
