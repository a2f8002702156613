using McpRuntime.Credentials;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>Whether the credential of one scheme can be used.</summary>
/// <param name="Connector">The connector's name.</param>
/// <param name="SecurityScheme">Name in the manifest's <c>security_schemes</c>.</param>
/// <param name="IsUsable">It is there, whole, approved for the connector's server, and not refused by its token
/// endpoint.</param>
/// <param name="IsAccepted">Whether its token endpoint gave a token for it; empty where none was to be asked.</param>
/// <param name="Source">Where it was found; null where it was not.</param>
/// <param name="Problem">What is missing, with what to do; null where nothing is.</param>
/// <param name="ProblemId">The error id that a call would have, such as VaultLocked or CredentialMissing; null where it
/// has none itself.</param>
public sealed record McpCredentialTest(
    string Connector,
    string SecurityScheme,
    bool IsUsable,
    bool? IsAccepted,
    string? Source,
    string? Problem,
    string? ProblemId
)
{
    internal McpCredentialTest(string connector, SchemeStatus status)
        : this(
            connector,
            status.Scheme,
            status.Problem is null,
            status.IsAccepted,
            status.Source,
            status.Problem,
            status.ProblemCode
        ) { }
}
