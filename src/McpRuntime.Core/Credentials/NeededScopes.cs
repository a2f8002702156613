using McpRuntime.Manifests;

namespace McpRuntime.Credentials;

/// <summary>The scopes that a connector's tools need of a security scheme.</summary>
internal static class NeededScopes
{
    // Slack's document writes it where none is needed.
    private const string None = "none";

    /// <summary>What a sign-in asks for.</summary>
    /// <param name="connector">Has the tools.</param>
    /// <param name="scheme">Name in <c>security_schemes</c>.</param>
    /// <param name="ofScheme">Asked for where no tool says what it needs.</param>
    public static IEnumerable<string> Of(ConnectorManifest connector, string scheme, IReadOnlyList<string> ofScheme)
    {
        var named = Fewest(connector, scheme, []);
        return named.Count > 0 ? named.Where(IsScope) : ofScheme.Where(IsScope);
    }

    /// <summary>What tools need and is not among the scopes that were granted, sorted.</summary>
    public static IReadOnlyList<string> Missing(
        ConnectorManifest connector,
        string scheme,
        IReadOnlyList<string> granted
    ) => [.. Fewest(connector, scheme, [.. granted, None])];

    private static bool IsScope(string scope) => scope != None;

    // Those that let every tool be called that uses the scheme. Of requirements that are alternatives, one is enough.
    private static SortedSet<string> Fewest(ConnectorManifest connector, string scheme, HashSet<string> granted)
    {
        var added = new SortedSet<string>(StringComparer.Ordinal);
        var tools = connector
            .Tools.Where(tool => tool.Auth is null)
            .Select(tool => tool.Security ?? connector.Security)
            .Distinct()
            .Select(security => Alternatives(security, scheme))
            .Where(alternatives => alternatives.Count > 0)
            // Where there is no choice, what is needed may be enough for tools that leave one.
            .OrderBy(alternatives => alternatives.Count);
        foreach (var alternatives in tools)
            added.UnionWith(alternatives.Select(Beyond).MinBy(scopes => scopes.Count)!);
        return added;

        List<string> Beyond(IReadOnlyList<string> scopes) =>
            [.. scopes.Where(scope => !granted.Contains(scope) && !added.Contains(scope))];
    }

    private static List<IReadOnlyList<string>> Alternatives(
        IReadOnlyList<SecurityRequirement> security,
        string scheme
    ) =>
        [
            .. security
                .Select(requirement => requirement.Schemes.GetValueOrDefault(scheme))
                .OfType<IReadOnlyList<string>>(),
        ];
}
