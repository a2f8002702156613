using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Http;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Projection;

/// <summary>The security of a connector.</summary>
/// <param name="Schemes">By name, in the document's order; those of OAuth 2.0 ask for the scopes that something
/// needs.</param>
/// <param name="Needs">What tools need that have no their own needs.</param>
/// <param name="OfTools">The needs of each tool; null where those of the connector hold.</param>
internal sealed record ConnectorSecurity(
    IReadOnlyDictionary<string, SecurityScheme> Schemes,
    IReadOnlyList<SecurityRequirement> Needs,
    IReadOnlyList<IReadOnlyList<SecurityRequirement>?> OfTools
);

/// <summary>Security schemes and requirements of a document in the manifest's terms.</summary>
internal sealed class SecurityProjector
{
    private readonly HashSet<string> _twins = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SecurityScheme> _schemes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _otherNames = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unsupported = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private readonly ImportFindings _findings = new();
    private readonly ReferenceResolver _resolver;
    private readonly string? _baseUrl;

    private SecurityProjector(ReferenceResolver resolver, string? baseUrl)
    {
        _resolver = resolver;
        _baseUrl = baseUrl;
    }

    /// <param name="schemes">The document's schemes by name.</param>
    /// <param name="baseUrl">What relative URLs of schemes are relative to (OpenAPI 3.1.1 section 4.6).</param>
    /// <param name="resolver">For requirements that name a scheme by URI.</param>
    internal static Found<SecurityProjector> Of(
        IReadOnlyList<KeyValuePair<string, Node>> schemes,
        string? baseUrl,
        ReferenceResolver resolver
    )
    {
        var projector = new SecurityProjector(resolver, baseUrl);
        foreach (var (name, node) in schemes)
            projector.Add(name, node);
        return projector._findings.With(projector);
    }

    /// <summary>What tools and connector need, in schemes that can be used.</summary>
    /// <param name="ofDocument">Null where the document needs nothing.</param>
    /// <param name="ofTools">Null for a tool that needs what the document does.</param>
    internal Found<ConnectorSecurity> Project(SecurityNeeds? ofDocument, IEnumerable<SecurityNeeds?> ofTools)
    {
        var scopes = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        List<IReadOnlyList<SecurityRequirement>?> tools =
        [
            .. ofTools.Select(needs => needs is null ? null : Requirements(needs, scopes)),
        ];
        List<SecurityRequirement> own = ofDocument is null ? [] : Requirements(ofDocument, scopes);
        var schemes = new Dictionary<string, SecurityScheme>(StringComparer.Ordinal);
        foreach (var name in _order.Where(name => !_twins.Contains(name) || scopes.ContainsKey(name)))
        {
            schemes.Add(
                name,
                _schemes[name] is OAuth2Scheme oauth && scopes.TryGetValue(name, out var asked)
                    ? oauth with
                    {
                        Scopes = [.. asked.Order(StringComparer.Ordinal)],
                    }
                    : _schemes[name]
            );
        }
        return _findings.With(new ConnectorSecurity(schemes, own, tools));
    }

    private bool IsUsable(string name) => _schemes.ContainsKey(name) || _otherNames.ContainsKey(name);

    // Requirements that can be met. Where none can, what can be sent of those that are met in part: a request with the
    // key alone gets an answer that says what is missing, and gateways take it that check the key only.
    private List<SecurityRequirement> Requirements(SecurityNeeds needs, Dictionary<string, HashSet<string>> scopesAsked)
    {
        var requirements = new List<SecurityRequirement>(needs.Needs.Count);
        var partial = new List<(SecurityNeed Need, SecurityRequirement Usable)>();
        foreach (var need in needs.Needs)
        {
            var schemes = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
            var isKnown = true;
            foreach (var (name, scopes) in need.Schemes)
            {
                if (Find(name, need.Node) is not { } known)
                {
                    isKnown = false;
                    continue;
                }
                if (TwinOf(known, need) is { } twin)
                {
                    if (_twins.Add(known))
                        _findings.Inform(
                            ImportRules.SecurityScheme,
                            need.Node,
                            $"{Quoted([known])} is not needed: {Quoted([twin])} gets the same token, in a safer flow."
                        );
                    continue;
                }
                schemes[known] = scopes;
                if (_schemes[known] is not OAuth2Scheme)
                    continue;
                if (!scopesAsked.TryGetValue(known, out var asked))
                    scopesAsked.Add(known, asked = new HashSet<string>(StringComparer.Ordinal));
                asked.UnionWith(scopes);
            }
            if (isKnown)
                requirements.Add(new SecurityRequirement(schemes));
            else if (schemes.Count > 0)
                partial.Add((need, new SecurityRequirement(schemes)));
        }
        return requirements.Count > 0 ? requirements : [.. partial.Select(each => Rest(each.Need, each.Usable))];
    }

    // Google's documents need the implicit and the code flow of one provider together, and a call sends one token.
    private string? TwinOf(string name, SecurityNeed need) =>
        _schemes[name] is OAuth2Scheme { Flows: [OAuth2Flow.Implicit], AuthorizationUrl: { } page }
            ? need
                .Schemes.Select(other => other.Key)
                .FirstOrDefault(other =>
                    _schemes.GetValueOrDefault(other) is OAuth2Scheme code
                    && code.AuthorizationUrl == page
                    && code.Flows.Contains(OAuth2Flow.AuthorizationCode)
                )
            : null;

    private SecurityRequirement Rest(SecurityNeed need, SecurityRequirement rest)
    {
        var missing = need.Schemes.Select(scheme => scheme.Key).Where(name => !IsUsable(name));
        _findings.Warn(
            ImportRules.SecurityScheme,
            need.Node,
            $"The requirement needs {Quoted(missing)} together with {Quoted(rest.Schemes.Keys)}; only "
                + $"{Quoted(rest.Schemes.Keys)} can be sent."
        );
        return rest;
    }

    private static string Quoted(IEnumerable<string> names) =>
        string.Join(" and ", names.Select(name => $"'{UntrustedText.Clean(name)}'"));

    /// <summary>The security scheme whose key goes to this place of the requests; null where none does.</summary>
    internal string? KeyAt(SecurityNeeds needs, ArgumentLocation location, string name)
    {
        var comparison =
            location == ArgumentLocation.Header ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        foreach (var need in needs.Needs)
        {
            foreach (var (scheme, _) in need.Schemes)
            {
                if (
                    _schemes.GetValueOrDefault(_otherNames.GetValueOrDefault(scheme, scheme)) is ApiKeyScheme key
                    && key.Location == location
                    && key.KeyName.Equals(name, comparison)
                )
                    return scheme;
            }
        }
        return null;
    }

    /// <summary>The first scheme of which a token goes into the Authorization field; null for none.</summary>
    internal string? TokenOf(SecurityNeeds needs) =>
        needs
            .Needs.SelectMany(need => need.Schemes)
            .Select(scheme => scheme.Key)
            .FirstOrDefault(scheme =>
                _schemes.GetValueOrDefault(_otherNames.GetValueOrDefault(scheme, scheme))
                    is OAuth2Scheme
                        or OpenIdConnectScheme
                        or BearerScheme
            );

    // OpenAPI 3.2 section 4.30: a name that is not a component is the URI of a scheme.
    private string? Find(string name, Node need)
    {
        if (_schemes.ContainsKey(name))
            return name;
        if (_otherNames.TryGetValue(name, out var other))
            return other;
        // Which has been reported, once for all requirements.
        if (_unsupported.Contains(name))
            return null;
        if (name.AsSpan().IndexOfAny('/', '#') >= 0 && _resolver.Resolve(need.Resource, name).Target is { } target)
        {
            var last = target.Pointer[(target.Pointer.LastIndexOf('/') + 1)..];
            var own = last.Length > 0 ? last : "scheme";
            if (!_schemes.ContainsKey(own))
                Add(own, target.Node);
            if (_schemes.ContainsKey(own))
                return own;
        }
        _findings.Warn(
            ImportRules.UnknownSecurityScheme,
            need,
            $"The security requirement names '{name}', which the document does not define in a way that can "
                + $"be used; ignored."
        );
        return null;
    }

    private void Add(string name, Node node)
    {
        if (Read(name, node) is not { } scheme)
            return;
        var description = DescriptionText.OrNull(JsonRead.Text(node.Element, "description"u8));
        if (Named(name, scheme) is not { } own)
            return;
        _schemes.Add(own, scheme with { Description = description });
        _order.Add(own);
    }

    // Names of credentials have no case: of two schemes that differ in case alone, equal ones are one and others get a
    // name of their own.
    private string? Named(string name, SecurityScheme scheme)
    {
        var own = name;
        for (var number = 2; ; number++)
        {
            var twin = _order.Find(other => other.Equals(own, StringComparison.OrdinalIgnoreCase));
            if (twin is not null && ManifestEquality.Of(_schemes[twin], scheme))
            {
                _otherNames[name] = twin;
                return null;
            }
            if (twin is null)
                break;
            own = $"{name}_{number}";
        }
        if (own != name)
            _otherNames[name] = own;
        return own;
    }

    private SecurityScheme? Read(string name, Node node)
    {
        var element = node.Element;
        if (Unsupported(element) is var (word, reason))
        {
            _unsupported.Add(name);
            _findings.Warn(
                ImportRules.SecurityScheme,
                node,
                $"The security scheme '{name}' uses HTTP authentication '{UntrustedText.Clean(word)}', which "
                    + $"is not supported: {reason}. Operations use another alternative of 'security' where "
                    + $"there is one; the others are called without it."
            );
            return null;
        }
        switch (JsonRead.Text(element, "type"u8))
        {
            case "apiKey"
                when ApiKeyLocation(element) is { } location
                    && JsonRead.Text(element, "name"u8) is { Length: > 0 } key
                    && (location == ArgumentLocation.Query || HttpToken.Is(key)):
                return new ApiKeyScheme(location, key);
            case "basic":
                return new BasicScheme();
            case "http":
                return ReadHttp(name, node);
            case "oauth2":
                return OAuth2Reader.Read(node, _baseUrl, _findings);
            case "openIdConnect" when JsonRead.Text(element, "openIdConnectUrl"u8) is { Length: > 0 } url:
                return OAuth2Reader.Absolute(url, _baseUrl) is { } address
                    ? new OpenIdConnectScheme(address)
                    : Unusable(name, node, "openIdConnect");
            case "mutualTLS":
                return new MutualTlsScheme();
            case var type:
                return Unusable(name, node, type);
        }
    }

    // The gateway of AWS says so by an extension, next to an apiKey in Authorization.
    private static (string Word, string Reason)? Unsupported(JsonElement scheme)
    {
        var word = JsonRead.Text(scheme, "type"u8) is "http"
            ? JsonRead.Text(scheme, "scheme"u8)
            : JsonRead.Text(scheme, "x-amazon-apigateway-authtype"u8);
        return word is not null && AuthenticationSchemes.Explain(word) is { } reason ? (word, reason) : null;
    }

    private SecurityScheme? Unusable(string name, Node node, string? type)
    {
        _findings.Warn(
            ImportRules.SecurityScheme,
            node,
            $"The security scheme '{name}' of type '{UntrustedText.Clean(type)}' is incomplete or not "
                + $"supported; tools that need it are called without it."
        );
        return null;
    }

    private SecurityScheme? ReadHttp(string name, Node node)
    {
        var scheme = JsonRead.Text(node.Element, "scheme"u8);
        if (scheme is null || !HttpToken.Is(scheme))
        {
            _findings.Warn(
                ImportRules.SecurityScheme,
                node,
                $"The security scheme '{name}' has no valid HTTP 'scheme'; tools that need it are called without it."
            );
            return null;
        }
        return scheme.ToLowerInvariant() switch
        {
            "basic" => new BasicScheme(),
            "bearer" => new BearerScheme
            {
                Format = DescriptionText.Title(JsonRead.Text(node.Element, "bearerFormat"u8)),
            },
            _ => new HttpScheme(scheme),
        };
    }

    private static ArgumentLocation? ApiKeyLocation(JsonElement scheme) =>
        JsonRead.Text(scheme, "in"u8) switch
        {
            "header" => ArgumentLocation.Header,
            "query" => ArgumentLocation.Query,
            "cookie" => ArgumentLocation.Cookie,
            _ => null,
        };
}
