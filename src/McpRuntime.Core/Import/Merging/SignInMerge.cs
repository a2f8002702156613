using McpRuntime.Manifests;

namespace McpRuntime.Import.Merging;

/// <summary>
/// How users sign in is written into a manifest by its owner, no document says it: the next import keeps it.
/// </summary>
internal static class SignInMerge
{
    /// <param name="existing">The schemes of the manifest as it is.</param>
    /// <param name="fresh">Those of the new import.</param>
    public static IReadOnlyDictionary<string, SecurityScheme> Of(
        IReadOnlyDictionary<string, SecurityScheme> existing,
        IReadOnlyDictionary<string, SecurityScheme> fresh
    )
    {
        if (!existing.Values.Any(scheme => SettingsOf(scheme) != SignInSettings.None))
            return fresh;
        var merged = new OrderedDictionary<string, SecurityScheme>(StringComparer.Ordinal);
        foreach (var (name, scheme) in fresh)
        {
            var kept = existing.TryGetValue(name, out var known) ? SettingsOf(known) : SignInSettings.None;
            merged[name] = scheme switch
            {
                OAuth2Scheme oauth => oauth with { SignIn = kept },
                OpenIdConnectScheme openId => openId with { SignIn = kept },
                _ => scheme,
            };
        }
        return merged;
    }

    private static SignInSettings SettingsOf(SecurityScheme scheme) =>
        scheme switch
        {
            OAuth2Scheme oauth => oauth.SignIn,
            OpenIdConnectScheme openId => openId.SignIn,
            _ => SignInSettings.None,
        };
}
