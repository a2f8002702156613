using System.Security.Cryptography;
using System.Text;

namespace McpRuntime.Connectors;

/// <summary>
/// Tool names as clients see them: <c>^[A-Za-z0-9_-]{1,64}$</c>, the form that model APIs accept (narrower than MCP's).
/// </summary>
public static class WireName
{
    public const int MaxLength = 64;

    /// <summary>What is between connector and tool in a prefixed name.</summary>
    public const string Separator = "__";

    private const int HashLength = 8;

    /// <summary>Names of the built-in tools; a connector's tool is never served under one of them.</summary>
    public static IReadOnlySet<string> Reserved { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            "echo",
            "hello",
            "get_time",
            "search_tools",
            "describe_tools",
            "call_read_tool",
            "call_write_tool",
            "call_destructive_tool",
            "read_result",
        };

    public static bool IsValid(string name)
    {
        if (name.Length is 0 or > MaxLength)
            return false;
        foreach (var c in name)
        {
            if (!IsAllowed(c))
                return false;
        }
        return true;
    }

    /// <summary>The name itself where it is valid; else sanitised and shortened, the same on every machine.</summary>
    public static string For(string tool) => Shorten(Sanitise(tool));

    /// <summary>
    /// <c>connector__tool</c>, sanitised and shortened: <c>@team/pets</c> and <c>get</c> give <c>team_pets__get</c>.
    /// </summary>
    public static string For(string connector, string tool) =>
        Shorten($"{Sanitise(connector.TrimStart('@'))}{Separator}{Sanitise(tool)}");

    /// <summary>
    /// A name that no other tool has: the prefixed name with a mark made from connector, tool and endpoint.
    /// </summary>
    internal static string Marked(string connector, string tool, string endpoint) =>
        Mark($"{Sanitise(connector.TrimStart('@'))}{Separator}{Sanitise(tool)}", $"{connector}\n{tool}\n{endpoint}");

    private static string Shorten(string name) => name.Length <= MaxLength ? name : Mark(name, name);

    private static string Mark(string name, string identity)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..HashLength];
        var kept = Math.Min(name.Length, MaxLength - HashLength - 1);
        return $"{name.AsSpan(0, kept)}_{hash}";
    }

    private static string Sanitise(string name)
    {
        var clean =
            name.AsSpan().IndexOfAnyExcept(Allowed) < 0
                ? name
                : string.Create(name.Length, name, static (target, source) =>
                {
                    for (var i = 0; i < target.Length; i++)
                        target[i] = IsAllowed(source[i]) ? source[i] : '_';
                });
        return clean.Length == 0 ? "_" : clean;
    }

    private static bool IsAllowed(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';

    private static readonly System.Buffers.SearchValues<char> Allowed = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
    );
}
