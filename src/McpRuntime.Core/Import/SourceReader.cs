using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.Documents;
using McpRuntime.Manifests;
using McpRuntime.Network;
using McpRuntime.OpenApi;
using McpRuntime.Validation;

namespace McpRuntime.Import;

/// <summary>Imports a document under the address rules of a user at this machine.</summary>
internal sealed class SourceReader(RuntimeSettings settings, ImportOptions options)
{
    /// <summary>
    /// The host of a URL that a user typed; what the document refers to or redirects to, no one named.
    /// </summary>
    internal static IReadOnlyList<string> NamedHosts(DocumentSource source) =>
        source is DocumentSource.FromUri { Uri: { IsAbsoluteUri: true } uri } ? [uri.IdnHost] : [];

    /// <summary>Reads and projects; findings with an error leave no manifest.</summary>
    /// <param name="source">The document.</param>
    /// <param name="namedHosts">Hosts that may be at private or loopback addresses.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    internal async Task<ImportResult> ReadAsync(
        DocumentSource source,
        IReadOnlyList<string> namedHosts,
        CancellationToken cancellationToken
    )
    {
        if (options.CommandPrefix is { } prefix && CommandPrefix.Explain(prefix) is { } problem)
            return ImportResult.Failed([new Finding(ValidationRules.CommandPrefix, FindingSeverity.Error, problem)]);
        using var http = new GuardedHttp(settings.ExtraRoots);
        // Choices of an import approve servers of the API, not where documents are read from.
        var policy = new AddressPolicy(
            settings.AllowedNetworks,
            namedHosts,
            settings.OptionNames with
            {
                AllowPrivate = null,
            }
        );
        var loader = new DocumentLoader(settings.DocumentLimits, _ => http.For(policy), options.Downloads);
        var result = await new OpenApiImporter(loader).ImportAsync(
            source,
            options with
            {
                Names = settings.OptionNames,
            },
            cancellationToken
        );
        return result.Findings.Any(finding => finding.Severity == FindingSeverity.Error)
            ? result with
            {
                Manifest = null,
            }
            : result;
    }
}
