using McpRuntime.Manifests;

namespace McpRuntime.Manifests;

/// <summary>Whether parts of two manifests say the same about a request; descriptions do not count.</summary>
internal static class ManifestEquality
{
    internal static bool Of(SecurityScheme left, SecurityScheme right) =>
        Words(left with { Description = null }) == Words(right with { Description = null });

    internal static bool Of(IReadOnlyList<SecurityRequirement>? left, IReadOnlyList<SecurityRequirement>? right)
    {
        if (left is null || right is null)
            return left is null && right is null;
        return left.Count == right.Count && left.Zip(right).All(pair => Of(pair.First, pair.Second));
    }

    internal static bool Of(ToolManifest left, ToolManifest right) =>
        left.Server == right.Server
        && left.Accept == right.Accept
        && Of(left.Arguments, right.Arguments)
        && left.Fixed.SequenceEqual(right.Fixed)
        && Of(left.Body, right.Body);

    private static bool Of(SecurityRequirement left, SecurityRequirement right) =>
        left.Schemes.Count == right.Schemes.Count
        && left.Schemes.All(scheme =>
            right.Schemes.TryGetValue(scheme.Key, out var scopes) && scheme.Value.ToHashSet().SetEquals(scopes)
        );

    private static bool Of(
        IReadOnlyDictionary<string, ArgumentBinding>? left,
        IReadOnlyDictionary<string, ArgumentBinding>? right
    ) =>
        (left?.Count ?? 0) == (right?.Count ?? 0)
        && (
            left is null || left.All(entry => right!.TryGetValue(entry.Key, out var binding) && binding == entry.Value)
        );

    private static bool Of(BodyBinding? left, BodyBinding? right)
    {
        if (left is null || right is null)
            return left is null && right is null;
        return left.ContentType == right.ContentType
            && left.Required == right.Required
            && left.Argument == right.Argument
            && left.Encoding.Count == right.Encoding.Count
            && left.Encoding.All(part => right.Encoding.TryGetValue(part.Key, out var other) && Of(part.Value, other));
    }

    private static bool Of(PartEncoding left, PartEncoding right) =>
        left with { Headers = right.Headers } == right
        && left.Headers.Count == right.Headers.Count
        && left.Headers.All(header => right.Headers.TryGetValue(header.Key, out var value) && value == header.Value);

    // Records compare their lists by identity; their words do not.
    private static string Words(SecurityScheme scheme) =>
        scheme is OAuth2Scheme oauth
            ? string.Join(
                '\n',
                (IEnumerable<string?>)
                    [
                        string.Join(' ', oauth.Flows),
                        oauth.TokenUrl,
                        oauth.AuthorizationUrl,
                        oauth.RefreshUrl,
                        oauth.DeviceAuthorizationUrl,
                        string.Join(' ', oauth.Scopes),
                        oauth.ClientAuthentication.ToString(),
                        oauth.Audience,
                        Words(oauth.Extra),
                        Words(oauth.SignIn),
                    ]
            )
        : scheme is OpenIdConnectScheme openId ? $"{openId.Url}\n{Words(openId.SignIn)}"
        : scheme.ToString();

    private static string Words(IReadOnlyDictionary<string, string> extra) =>
        string.Join(' ', extra.Select(entry => $"{entry.Key}={entry.Value}"));

    private static string Words(SignInSettings signIn) =>
        string.Join(
            '\n',
            signIn.ClientId,
            signIn.Provider,
            signIn.RedirectUri,
            signIn.RevocationUrl,
            signIn.Issuer,
            Words(signIn.AuthorizationExtra)
        );
}
