using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Reading;

namespace McpRuntime.OpenApi.Reading;

/// <summary><c>schemes</c>, <c>host</c> and <c>basePath</c> of OpenAPI 2.0 as servers.</summary>
internal static class SwaggerServers
{
    /// <param name="node">What names the schemes, for findings.</param>
    /// <param name="document">Has host and base path; where it has no host, the host that it came from is
    /// meant.</param>
    /// <param name="schemes">May be empty: then the scheme that the document came by is meant.</param>
    internal static IReadOnlyList<ServerObject> Read(Node node, SpecDocument document, IReadOnlyList<string> schemes)
    {
        var host = JsonRead.Text(document.Root, "host"u8);
        var basePath = JsonRead.Text(document.Root, "basePath"u8) ?? "";
        if (basePath.Length > 0 && basePath[0] != '/')
            basePath = "/" + basePath;
        var source = document.RetrievalUri is { IsFile: false } uri ? uri : null;
        if (string.IsNullOrEmpty(host))
        {
            if (source is null)
                return [];
            host = source.Authority;
        }
        // Authors put a whole URL where only host and port belong.
        var separator = host.IndexOf("://", StringComparison.Ordinal);
        if (separator >= 0)
            host = host[(separator + 3)..];
        host = host.TrimEnd('/');
        var servers = new List<ServerObject>();
        foreach (var scheme in schemes)
        {
            if (scheme.ToLowerInvariant() is "http" or "https")
                servers.Add(At($"{scheme.ToLowerInvariant()}://{host}{basePath}"));
        }
        if (servers.Count == 0)
            servers.Add(At($"{source?.Scheme ?? Uri.UriSchemeHttps}://{host}{basePath}"));
        return servers;

        // 2.0 knows no variables; what is in braces is one all the same, with a value from the settings.
        ServerObject At(string url) =>
            new(url, null, node)
            {
                Variables =
                [
                    .. ServerTemplate.Names(url).Select(name => KeyValuePair.Create(name, new ServerVariable(null))),
                ],
            };
    }
}
