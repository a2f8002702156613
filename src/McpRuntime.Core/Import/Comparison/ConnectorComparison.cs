using McpRuntime.Manifests;
using static McpRuntime.Import.Comparison.ManifestChange;

namespace McpRuntime.Import.Comparison;

/// <summary>Compares what a connector says for all of its tools: texts, server, security.</summary>
internal static class ConnectorComparison
{
    public static List<ManifestChange> Compare(ConnectorManifest existing, ConnectorManifest fresh)
    {
        var changes = new List<ManifestChange>();
        if (existing.BaseUrl != fresh.BaseUrl)
            changes.Add(OfServer("base_url", existing.BaseUrl, fresh.BaseUrl));
        foreach (var name in existing.SecuritySchemes.Keys.Union(fresh.SecuritySchemes.Keys))
        {
            var what = $"security scheme '{name}'";
            var hasOld = existing.SecuritySchemes.TryGetValue(name, out var old);
            var hasNew = fresh.SecuritySchemes.TryGetValue(name, out var now);
            if (!hasOld)
                changes.Add(Note(DriftRules.SchemeAdded, what, "It is new."));
            else if (!hasNew)
                changes.Add(Breaking(DriftRules.Security, what, "It was removed."));
            else if (!ManifestEquality.Of(old!, now!))
                changes.Add(Breaking(DriftRules.Security, what, "It sends or obtains its credential differently."));
        }
        if (existing.CommandPrefix != fresh.CommandPrefix)
        {
            var message =
                $"The prefix of commands was {existing.CommandPrefix ?? "not set"} and is {fresh.CommandPrefix}.";
            changes.Add(
                existing.CommandPrefix is null
                    ? Note(DriftRules.Command, "command_prefix", message)
                    : Breaking(DriftRules.Command, "command_prefix", message)
            );
        }
        if (!ManifestEquality.Of(existing.Security, fresh.Security))
            changes.Add(OfSecurity(existing.Security, fresh.Security, "The default security requirements"));
        return changes;
    }

    /// <summary>Another server: its origin decides who gets credentials and arguments.</summary>
    public static ManifestChange OfServer(string what, string old, string now) =>
        OriginOf(old) is { } before && before == OriginOf(now)
            ? Notable(DriftRules.Path, what, $"The server was {old} and is {now}.")
            : Breaking(
                DriftRules.Origin,
                what,
                $"The server was {old} and is {now}; credentials have to be approved for it."
            );

    /// <summary>Other requirements of security: scopes that are new, or another way to sign in.</summary>
    public static ManifestChange OfSecurity(
        IReadOnlyList<SecurityRequirement> old,
        IReadOnlyList<SecurityRequirement> now,
        string subject
    )
    {
        var scopes = Scopes(now).Except(Scopes(old), StringComparer.Ordinal).ToList();
        return scopes.Count == 0
            ? Breaking(DriftRules.Security, "security", $"{subject} have changed.")
            : Breaking(
                DriftRules.Scope,
                "security",
                $"{subject} have changed; new scopes: {string.Join(", ", scopes)}."
            );
    }

    private static IEnumerable<string> Scopes(IReadOnlyList<SecurityRequirement> security) =>
        security.SelectMany(requirement => requirement.Schemes.Values.SelectMany(scopes => scopes)).Distinct();

    // Variables in a host are compared as they are written.
    private static string? OriginOf(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
            return null;
        var end = url.IndexOf('/', start + 3);
        return (end < 0 ? url : url[..end]).ToLowerInvariant();
    }
}
