using McpRuntime.Manifests;

namespace McpRuntime.OpenApi.Reading;

/// <summary>URLs of servers with variables in braces.</summary>
internal static class ServerTemplate
{
    /// <summary>The names in the braces, each once, in their order.</summary>
    internal static IReadOnlyList<string> Names(string url)
    {
        var names = new List<string>();
        for (var open = url.IndexOf('{', StringComparison.Ordinal); open >= 0; )
        {
            var close = url.IndexOf('}', open);
            if (close < 0)
                break;
            var name = url[(open + 1)..close];
            if (name.Length > 0 && !names.Contains(name))
                names.Add(name);
            open = url.IndexOf('{', close);
        }
        return names;
    }

    /// <summary>The URL with each variable's default in its place; variables without one stay.</summary>
    internal static string WithDefaults(string url, IReadOnlyList<KeyValuePair<string, ServerVariable>> variables)
    {
        foreach (var (name, variable) in variables)
        {
            if (variable.Default is { } value)
                url = url.Replace("{" + name + "}", value, StringComparison.Ordinal);
        }
        return url;
    }
}
