using System.Text.Json;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Projection;

/// <summary>
/// Reads <c>oauth2</c> schemes. A scheme may offer several flows; the manifest keeps one URL of each kind, and that of
/// the flow which works without a user comes first.
/// </summary>
internal static class OAuth2Reader
{
    // By preference, in the spelling of 3.x and of 2.0.
    private static readonly (string Name, OAuth2Flow Flow)[] Flows =
    [
        ("clientCredentials", OAuth2Flow.ClientCredentials),
        ("application", OAuth2Flow.ClientCredentials),
        ("authorizationCode", OAuth2Flow.AuthorizationCode),
        ("accessCode", OAuth2Flow.AuthorizationCode),
        ("deviceAuthorization", OAuth2Flow.DeviceAuthorization),
        ("password", OAuth2Flow.Password),
        ("implicit", OAuth2Flow.Implicit),
    ];

    internal static OAuth2Scheme Read(Node node, string? baseUrl, ImportFindings findings)
    {
        var scheme = new OAuth2Scheme();
        if (JsonRead.TryGetObject(node.Element, "flows"u8, out var flows))
        {
            foreach (var (name, flow) in Flows)
            {
                if (flows.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object)
                    scheme = With(scheme, flow, node, value, baseUrl, findings);
            }
        }
        else if (
            JsonRead.Text(node.Element, "flow"u8) is { } single
            && Array.Find(Flows, flow => flow.Name == single) is { Name: not null } known
        )
            scheme = With(scheme, known.Flow, node, node.Element, baseUrl, findings);
        if (scheme.Flows.Count == 0)
            findings.Warn(
                ImportRules.SecurityScheme,
                node,
                "The oauth2 scheme has no supported flow; only a bearer token can be used."
            );
        return scheme;
    }

    /// <summary>
    /// A URL of the document, which may be relative to its server; null for one that is not an http(s) URL.
    /// </summary>
    internal static string? Absolute(string url, string? baseUrl)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var absolute) || absolute.IsFile)
        {
            if (
                baseUrl is null
                || !Uri.TryCreate(baseUrl.TrimEnd('/') + "/", UriKind.Absolute, out var root)
                || !Uri.TryCreate(root, url, out absolute)
            )
                return null;
            url = absolute.AbsoluteUri;
        }
        return UrlRules.Explain(url) is null ? url : null;
    }

    private static OAuth2Scheme With(
        OAuth2Scheme scheme,
        OAuth2Flow flow,
        Node node,
        JsonElement value,
        string? baseUrl,
        ImportFindings findings
    )
    {
        var with = scheme with
        {
            TokenUrl = scheme.TokenUrl ?? Url(value, "tokenUrl"u8, baseUrl),
            AuthorizationUrl = scheme.AuthorizationUrl ?? Url(value, "authorizationUrl"u8, baseUrl),
            RefreshUrl = scheme.RefreshUrl ?? Url(value, "refreshUrl"u8, baseUrl),
            DeviceAuthorizationUrl = scheme.DeviceAuthorizationUrl ?? Url(value, "deviceAuthorizationUrl"u8, baseUrl),
        };
        if (flow == OAuth2Flow.ClientCredentials && with.TokenUrl is null)
        {
            findings.Warn(
                ImportRules.SecurityScheme,
                node,
                "The flow clientCredentials has no 'tokenUrl' that is an http(s) URL; the flow is left out."
            );
            return scheme;
        }
        return with with { Flows = scheme.Flows.Contains(flow) ? scheme.Flows : [.. scheme.Flows, flow] };
    }

    private static string? Url(JsonElement flow, ReadOnlySpan<byte> name, string? baseUrl) =>
        JsonRead.Text(flow, name) is { Length: > 0 } url ? Absolute(url.Trim(), baseUrl) : null;
}
