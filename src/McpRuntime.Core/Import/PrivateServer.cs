using McpRuntime.Approvals;
using McpRuntime.Diagnostics;
using McpRuntime.Network;
using McpRuntime.OpenApi;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Reading;

namespace McpRuntime.Import;

/// <summary>What a user approved once is not warned about again.</summary>
internal static class PrivateServer
{
    /// <summary>
    /// The import without the warning about a server whose host is on record as approved for the connector.
    /// </summary>
    /// <exception cref="McpRuntimeException">The user's record cannot be read.</exception>
    internal static ImportResult Approved(ImportResult result, ApprovalStore approvals)
    {
        if (result.Manifest is not { } manifest || !result.Findings.Any(IsWarning))
            return result;
        var url = ServerTemplate.WithDefaults(manifest.BaseUrl, [.. manifest.ServerVariables]);
        return
            Origin.TryParse(url, out var origin)
            && approvals.Now(manifest.Name).PrivateHosts.Any(approved => approved.Host == origin.Host)
            ? result with
            {
                Findings = [.. result.Findings.Where(finding => !IsWarning(finding))],
            }
            : result;
    }

    private static bool IsWarning(Finding finding) => finding.RuleId == ImportRules.PrivateServer;
}
