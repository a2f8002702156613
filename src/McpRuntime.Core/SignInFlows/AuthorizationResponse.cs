using McpRuntime.Credentials;
using McpRuntime.Diagnostics;
using McpRuntime.Network;

namespace McpRuntime.SignInFlows;

/// <summary>What came back to the redirect URI: text of anyone who can make the browser open a URL.</summary>
internal static class AuthorizationResponse
{
    /// <summary>Parameters of a query; null where one is there twice (RFC 6749 section 3.1).</summary>
    public static Dictionary<string, string>? Parse(string query)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var split = part.IndexOf('=', StringComparison.Ordinal);
            var name = Decode(split < 0 ? part : part[..split]);
            if (!values.TryAdd(name, split < 0 ? "" : Decode(part[(split + 1)..])))
                return null;
        }
        return values;
    }

    /// <summary>The code of a response to this request.</summary>
    /// <exception cref="McpRuntimeException">It is not one, or the provider refused.</exception>
    public static Secret Code(AuthorizationRequest request, string query)
    {
        var values = Parse(query) ?? throw Refuse("has a parameter twice");
        if (!request.State.Is(values.GetValueOrDefault("state") ?? ""))
            throw Refuse("has another state than this sign-in");
        var endpoints = request.Endpoints;
        // RFC 9207 section 2.4: the response of another provider than the one that was asked (mix-up).
        var hasIssuer = values.TryGetValue("iss", out var issuer);
        if (endpoints.Issuer is { } expected && (hasIssuer ? issuer != expected : endpoints.SendsIssuer))
            throw Refuse(
                hasIssuer
                    ? $"comes from the issuer '{Shown(issuer!)}' and not from '{Shown(expected)}'"
                    : $"does not name its issuer, although '{Shown(expected)}' always does"
            );
        if (endpoints.Issuer is null && hasIssuer && !IsAtProvider(endpoints, issuer!))
            throw Refuse(
                $"comes from the issuer '{Shown(issuer!)}', which is not a server of this sign-in. If it is the right "
                    + "one, name it as 'issuer' of the scheme"
            );
        if (values.TryGetValue("error", out var error))
            throw Denied(error, values.GetValueOrDefault("error_description"));
        return values.GetValueOrDefault("code") is { Length: > 0 } code
            ? new Secret(code)
            : throw Refuse("has no code");
    }

    public static McpRuntimeException Denied(string error, string? description) =>
        new(
            error == "access_denied"
                ? $"The sign-in was denied at the provider{Detail(description)}. Nothing was stored."
                : $"The provider refused the sign-in: {Shown(error)}{Detail(description)}. Nothing was stored."
        )
        {
            ErrorCode = error == "access_denied" ? SignInErrorCode.SignInDenied : SignInErrorCode.SignInFailed,
        };

    // Where the issuer is not known, what the response says of it is at least to be one of the provider's servers.
    private static bool IsAtProvider(ProviderEndpoints endpoints, string issuer) =>
        Origin.TryParse(issuer, out var origin) && endpoints.Origins.Contains(origin);

    private static string Detail(string? description) =>
        string.IsNullOrEmpty(description) ? "" : $" ({Shown(description).TrimEnd('.')})";

    private static string Shown(string text) => UntrustedText.Shorten(UntrustedText.Clean(text), 300);

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static McpRuntimeException Refuse(string what) =>
        SignInErrorCode.Failed(
            $"The answer to the sign-in {what}; it was not used, and nothing was stored. Try again."
        );
}
