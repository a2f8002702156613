using McpRuntime.Credentials;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>Whether the credential of one scheme can be used. It never holds the credential.</summary>
public sealed class McpCredentialTest
{
    /// <summary>The connector's name.</summary>
    public required string Connector { get; init; }

    /// <summary>Name in the manifest's <c>security_schemes</c>.</summary>
    public required string SecurityScheme { get; init; }

    /// <summary>Which of several accounts it is.</summary>
    public required string Profile { get; init; }

    /// <summary>
    /// It is there, whole, approved for the connector's server, and not refused by its token endpoint.
    /// </summary>
    public required bool IsUsable { get; init; }

    /// <summary>Whether its token endpoint gave a token for it; empty where none was to be asked.</summary>
    public bool? IsAccepted { get; init; }

    /// <summary>Where it was found; null where it was not.</summary>
    public string? Source { get; init; }

    /// <summary>It is a sign-in of Connect-McpConnector, whose tokens are renewed.</summary>
    public bool IsSignIn { get; init; }

    /// <summary>Whose account it is, as the provider said; null where that is not known.</summary>
    public string? Account { get; init; }

    /// <summary>When it ends; of a sign-in, when its access token ends. Null where that is not known.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The scopes that were granted, as far as the provider said.</summary>
    public string[] Scopes { get; init; } = [];

    /// <summary>
    /// The scopes that tools of the connector need and that were not granted; empty where the grant is not known.
    /// </summary>
    public string[] MissingScopes { get; init; } = [];

    /// <summary>What is missing, with what to do; null where nothing is.</summary>
    public string? Problem { get; init; }

    /// <summary>
    /// The error id that a call would have, such as VaultLocked or CredentialMissing; null where it has none itself.
    /// </summary>
    public string? ProblemId { get; init; }

    public override string ToString() => $"{Connector}: {SecurityScheme} ***";

    internal static McpCredentialTest Of(string connector, SchemeStatus status) =>
        new()
        {
            Connector = connector,
            SecurityScheme = status.Scheme,
            Profile = status.Profile,
            IsUsable = status.Problem is null,
            IsAccepted = status.IsAccepted,
            Source = status.Source,
            IsSignIn = status.IsSignIn,
            Account = status.Account is { } account ? UntrustedText.ForTerminal(account) : null,
            ExpiresAt = status.ExpiresAt?.ToLocalTime(),
            Scopes = [.. status.GrantedScopes.Select(scope => UntrustedText.ForTerminal(scope))],
            MissingScopes = [.. status.MissingScopes.Select(scope => UntrustedText.ForTerminal(scope))],
            Problem = status.Problem,
            ProblemId = status.ProblemCode,
        };
}
