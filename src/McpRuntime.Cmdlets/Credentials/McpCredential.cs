using McpRuntime.Credentials;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>Where the credential of one scheme is kept. It never holds the credential.</summary>
public sealed class McpCredential
{
    /// <summary>The connector's name.</summary>
    public required string Connector { get; init; }

    /// <summary>Name in the manifest's <c>security_schemes</c>.</summary>
    public required string SecurityScheme { get; init; }

    /// <summary>Which of several accounts it is.</summary>
    public string Profile { get; init; } = CredentialKey.DefaultProfile;

    /// <summary>What the scheme is; null where there is no manifest to say.</summary>
    public string? Type { get; init; }

    /// <summary>A credential is there.</summary>
    public bool IsSet { get; init; }

    /// <summary><c>vault NAME</c>, <c>credential files</c> or <c>environment</c>; null where nothing is set.</summary>
    public string? Source { get; init; }

    /// <summary>It is a sign-in of Connect-McpConnector, whose tokens are renewed.</summary>
    public bool IsSignIn { get; init; }

    /// <summary>Whose account it is, as the provider said; null where that is not known.</summary>
    public string? Account { get; init; }

    /// <summary>The scopes that were granted, as far as the provider said.</summary>
    public string[] Scopes { get; init; } = [];

    public string? Vault { get; init; }

    /// <summary>Name of the secret in the vault.</summary>
    public string? SecretName { get; init; }

    /// <summary>What the secret consists of.</summary>
    public string[] Fields { get; init; } = [];

    public DateTimeOffset? SetAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The origins that may be sent the connector's credentials.</summary>
    public string[] Origins { get; init; } = [];

    public override string ToString() => $"{Connector}: {SecurityScheme} ***";

    internal static McpCredential Of(CredentialKey key, string? type, SecretRecord record, string[] origins) =>
        new()
        {
            Connector = key.Connector,
            SecurityScheme = key.Scheme,
            Profile = key.Profile,
            Type = type,
            IsSet = true,
            Source = $"vault {record.Vault}",
            IsSignIn = record.IsSignIn,
            Account = record.Account is { } account ? UntrustedText.ForTerminal(account) : null,
            Scopes = [.. record.Scopes.Select(scope => UntrustedText.ForTerminal(scope))],
            Vault = record.Vault,
            SecretName = record.SecretName,
            Fields = [.. record.Fields.Select(CredentialName.Of)],
            SetAt = record.SetAt,
            ExpiresAt = record.ExpiresAt,
            Origins = origins,
        };
}
