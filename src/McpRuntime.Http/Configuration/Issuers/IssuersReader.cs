using McpRuntime.Configuration;

namespace McpRuntime.Http.Configuration.Issuers;

/// <summary>Reads whose tokens are accepted: <c>ISSUERS_FILE</c>, and <c>JWT_AUTHORITY</c> for one issuer.</summary>
internal static class IssuersReader
{
    private const string File = "ISSUERS_FILE";

    public static IReadOnlyList<TrustedIssuer> Read(SettingValues values, JwtSettings jwt)
    {
        var issuers = new List<TrustedIssuer>();
        var client = SignInClientReader.Read(values, jwt.Authority is not null);
        if (jwt.Authority is { } url)
            issuers.Add(
                new TrustedIssuer(url)
                {
                    Audiences = jwt.Audience is null ? [] : [jwt.Audience],
                    RolesClaim = jwt.RolesClaim,
                    DefaultRole = jwt.DefaultRole,
                    SignIn = client,
                }
            );
        if (values.Text(File) is not { } path)
            return issuers;
        var reader = new IssuersFileReader();
        issuers.AddRange(reader.Read(Path.GetFullPath(path)));
        foreach (var problem in reader.Problems.Concat(reader.Problems.Count == 0 ? Conflicts(issuers) : []))
            values.Object($"{SettingValues.Prefix}{File} names '{path}': {problem}");
        return issuers;
    }

    private static IEnumerable<string> Conflicts(List<TrustedIssuer> issuers)
    {
        foreach (var twice in issuers.GroupBy(issuer => issuer.Name).Where(group => group.Count() > 1))
            yield return $"The name '{twice.Key}' is there twice.";
        foreach (
            var twice in issuers
                .GroupBy(issuer => issuer.Url.AbsoluteUri.TrimEnd('/'))
                .Where(group => group.Count() > 1)
        )
            yield return $"The issuer '{twice.Key}' is there twice.";
        // Nothing in an opaque token says whose it is, and no issuer may see the tokens of another.
        if (issuers.Count(issuer => issuer.Introspection is not null) > 1)
            yield return "Several issuers have 'introspection'; one can, since opaque tokens do not name theirs.";
    }
}
