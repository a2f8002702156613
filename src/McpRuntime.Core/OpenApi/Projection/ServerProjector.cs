using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.Schemas;

namespace McpRuntime.OpenApi.Projection;

/// <summary>The servers of a connector.</summary>
/// <param name="Variables">Of the connector's server and those of tools.</param>
/// <param name="Alternatives">The document's other servers.</param>
/// <param name="OfTools">The server of each tool that has its own; null where the connector's holds.</param>
internal sealed record ConnectorServers(
    IReadOnlyDictionary<string, ServerVariable> Variables,
    IReadOnlyList<ServerAlternative> Alternatives,
    IReadOnlyList<string?> OfTools
);

/// <summary>
/// Chooses the servers: the first https one of the document, and those of operations that have their own.
/// </summary>
internal sealed class ServerProjector
{
    private readonly Dictionary<string, ServerVariable> _variables = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private readonly List<ServerAlternative> _alternatives = [];
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);
    private readonly SpecDocument _document;
    private readonly ImportOptions _options;
    private readonly ImportFindings _findings = new();

    private ServerProjector(IReadOnlyList<ServerObject> servers, SpecDocument document, ImportOptions options)
    {
        _document = document;
        _options = options;
        BaseUrl = options.BaseUrl is { } given ? Given(given) : Choose(servers);
        foreach (var server in servers)
        {
            var url = Absolute(server)?.Url ?? (server.Url.Length == 0 ? "/" : server.Url);
            if (url != BaseUrl && !_alternatives.Exists(other => other.Url == url))
                _alternatives.Add(new ServerAlternative(url, server.Description));
        }
    }

    /// <summary>The connector's server; null, with an error, where there is none.</summary>
    internal string? BaseUrl { get; }

    /// <summary>The query of the connector's server, which every request carries that goes there.</summary>
    internal IReadOnlyList<FixedValue> Query { get; private set; } = [];

    /// <summary>Chooses the server of the connector.</summary>
    /// <param name="servers">The document's, in its order.</param>
    /// <param name="document">What relative URLs are relative to.</param>
    /// <param name="options">May give the server.</param>
    internal static Found<ServerProjector> Of(
        IReadOnlyList<ServerObject> servers,
        SpecDocument document,
        ImportOptions options
    )
    {
        var projector = new ServerProjector(servers, document, options);
        return projector._findings.With(projector);
    }

    /// <summary>The servers of the connector and of its tools.</summary>
    /// <param name="ofTools">The servers that each tool has; empty where the document's hold.</param>
    internal Found<ConnectorServers> Project(IEnumerable<IReadOnlyList<ServerObject>> ofTools)
    {
        List<string?> chosen = [.. ofTools.Select(Of)];
        var variables = new Dictionary<string, ServerVariable>(StringComparer.Ordinal);
        foreach (var name in _order)
            variables.Add(name, _variables[name]);
        return _findings.With(new ConnectorServers(variables, _alternatives, chosen));
    }

    private string? Of(IReadOnlyList<ServerObject> own)
    {
        if (own.Count == 0)
            return null;
        if (_options.BaseUrl is not null)
        {
            Report(FindingSeverity.Information, own[0], $"is replaced by {_options.Names.BaseUrl}");
            return null;
        }
        if (Best(own) is not var (url, server))
        {
            Report(FindingSeverity.Warning, own[0], "is not an http(s) URL; the connector's is used");
            return null;
        }
        if (server.Url.Contains('?', StringComparison.Ordinal))
            Report(FindingSeverity.Warning, server, "has a query, which is not part of a server's URL; it is ignored");
        url = Adopt(url, server);
        return url == BaseUrl ? null : url;
    }

    // Once, however many operations name it.
    private void Report(FindingSeverity severity, ServerObject server, string what)
    {
        if (_reported.Add(server.Url))
        {
            _findings.Add(
                ImportRules.OperationServer,
                severity,
                server.Node.Document,
                server.Node.Pointer,
                $"The server '{server.Url}' of this operation, and of others with the same URL, {what}."
            );
        }
    }

    private string? Choose(IReadOnlyList<ServerObject> servers)
    {
        var root = new Node(_document.Resource, _document.Root, DocumentPath.Root);
        // OpenAPI 3.2 section 4.1.1: no server is the server '/'.
        var candidates =
            servers.Count > 0 || _document.Line == SpecLine.V20 ? servers : [new ServerObject("/", null, root)];
        if (Best(candidates) is var (url, server))
        {
            WarnIfPrivate(url, server);
            WarnIfPlaceholder(url, server);
            ReadQuery(server);
            return Adopt(url, server);
        }
        var problem = servers switch
        {
            [] => "The document does not name a server.",
            [{ Url: var named }, ..]
                when Uri.TryCreate(named, UriKind.Absolute, out var absolute) && !absolute.IsFile =>
                $"The document's server '{named}' is not an http or https URL.",
            [{ Url: var named }, ..] =>
                $"The document's server '{named}' is relative, and the document does not come from a URL.",
        };
        _findings.Error(
            ImportRules.NoServer,
            candidates.Count > 0 ? candidates[0].Node : root,
            $"{problem} Specify the server with {_options.Names.BaseUrl}."
        );
        return null;
    }

    private string Given(Uri given)
    {
        if (given.IsAbsoluteUri && (given.Scheme == Uri.UriSchemeHttp || given.Scheme == Uri.UriSchemeHttps))
            return Trim(given.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped));
        _findings.Add(
            ImportRules.NoServer,
            Diagnostics.FindingSeverity.Error,
            null,
            "",
            $"'{given.OriginalString}' ({_options.Names.BaseUrl}) is not an absolute http or https URL, such "
                + $"as https://api.example.com/v1."
        );
        return "";
    }

    private (string Url, ServerObject Server)? Best(IReadOnlyList<ServerObject> servers)
    {
        (string Url, ServerObject Server)? best = null;
        foreach (var server in servers)
        {
            if (Absolute(server) is not var (url, isSecure))
                continue;
            if (isSecure)
                return (url, server);
            best ??= (url, server);
        }
        return best;
    }

    // API URLs are relative to where the document came from, not to its $self (OpenAPI 3.2 section 4.1.2.2).
    private (string Url, bool IsSecure)? Absolute(ServerObject server)
    {
        var url = WithPlainScheme(server);
        var source = _document.RetrievalUri is { IsFile: false } retrieved ? retrieved : null;
        if (url.StartsWith("//", StringComparison.Ordinal))
            url = $"{source?.Scheme ?? Uri.UriSchemeHttps}:{url}";
        if (!Uri.TryCreate(Sample(url, server), UriKind.Absolute, out var absolute) || absolute.IsFile)
        {
            if (source is null || !Uri.TryCreate(source, url.Length == 0 ? "/" : Escaped(url), out var full))
                return null;
            url = full.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
                .Replace("%7B", "{", StringComparison.OrdinalIgnoreCase)
                .Replace("%7D", "}", StringComparison.OrdinalIgnoreCase);
            absolute = full;
        }
        url = Trim(url);
        // A variable's value must not begin a query either.
        var sample = Sample(url, server);
        return UrlRules.Explain(sample) is null && sample.AsSpan().IndexOfAny('?', '#') < 0
            ? (url, absolute.Scheme == Uri.UriSchemeHttps)
            : null;
    }

    // With values for all variables, as it would be called.
    private static string Sample(string url, ServerObject server)
    {
        foreach (var (name, variable) in server.Variables)
            url = url.Replace(
                $"{{{name}}}",
                variable.Default ?? (variable.Enum is [var first, ..] ? first : "x"),
                StringComparison.Ordinal
            );
        return url;
    }

    // A base URL is one of http or https before any setting is known.
    private static string WithPlainScheme(ServerObject server)
    {
        foreach (var (name, variable) in server.Variables)
        {
            if (variable.Default is not null && server.Url.StartsWith($"{{{name}}}", StringComparison.Ordinal))
                return ServerTemplate.WithDefaults(server.Url, [new(name, variable)]);
        }
        return server.Url;
    }

    private static string Escaped(string url) =>
        url.Replace("{", "%7B", StringComparison.Ordinal).Replace("}", "%7D", StringComparison.Ordinal);

    private static string Trim(string url)
    {
        var end = url.AsSpan().IndexOfAny('?', '#');
        return (end < 0 ? url : url[..end]).TrimEnd('/');
    }

    // Servers share one set of variables; where a name has two meanings, the later one is filled in with its default.
    private string Adopt(string url, ServerObject server)
    {
        foreach (var (name, variable) in server.Variables)
        {
            if (!url.Contains($"{{{name}}}", StringComparison.Ordinal))
                continue;
            if (!_variables.TryGetValue(name, out var known))
            {
                _variables.Add(name, variable);
                _order.Add(name);
            }
            else if (!IsSame(known, variable))
                url = ServerTemplate.WithDefaults(url, [new(name, variable)]);
        }
        return url;
    }

    private static bool IsSame(ServerVariable left, ServerVariable right) =>
        left.Default == right.Default && left.Enum.SequenceEqual(right.Enum);

    private void WarnIfPlaceholder(string url, ServerObject server)
    {
        if (Uri.TryCreate(Sample(url, server), UriKind.Absolute, out var uri) && PlaceholderHost.Is(uri))
        {
            _findings.Warn(
                ImportRules.PlaceholderServer,
                server.Node,
                $"The host '{uri.Host}' of the document's server is a placeholder, so calls will not reach an "
                    + $"API. Import with {_options.Names.BaseUrl} and the server's real URL."
            );
        }
    }

    // OpenAPI 3.2 section 4.6: no part of a server's URL. What its author means is that requests carry it.
    private void ReadQuery(ServerObject server)
    {
        var start = server.Url.IndexOf('?', StringComparison.Ordinal);
        if (start < 0)
            return;
        var query = server.Url[(start + 1)..].Split('#')[0];
        var values = query
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToArray();
        var isPlain =
            values.Length > 0
            && !query.Contains('{', StringComparison.Ordinal)
            && Array.TrueForAll(values, pair => pair[0].Length > 0);
        if (isPlain)
            Query =
            [
                .. values.Select(pair => new FixedValue(
                    ArgumentLocation.Query,
                    Decoded(pair[0]),
                    Quoted(pair.Length > 1 ? Decoded(pair[1]) : "")
                )),
            ];
        _findings.Warn(
            ImportRules.Server,
            server.Node,
            $"The URL of the document's server has the query '{UntrustedText.Shorten(query, 100)}', which is "
                + $"not part of a server's URL; "
                + (
                    isPlain
                        ? "its values are sent as fixed query parameters with every request."
                        : "it is ignored. Add what it means to the tools' 'fixed'."
                )
        );
    }

    private static string Decoded(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static JsonText Quoted(string text) => JsonText.Parse(TypedValue.Quoted(text));

    private void WarnIfPrivate(string url, ServerObject server)
    {
        if (
            _options.AllowPrivate
            || !Uri.TryCreate(ServerTemplate.WithDefaults(url, server.Variables), UriKind.Absolute, out var uri)
            || !PrivateHost.IsPrivate(uri)
        )
            return;
        var wayOut = _options.Names.AllowPrivate is { } allow
            ? $"you import with {OptionNames.Any(_options.Names.BaseUrl, allow)}"
            : "MCP_RUNTIME_ALLOWED_NETWORKS has its network";
        _findings.Warn(
            ImportRules.PrivateServer,
            server.Node,
            $"The document's server {url} is on this machine or in a private network, which a document cannot "
                + $"approve. Calls are refused until {wayOut}."
        );
    }
}
