namespace McpRuntime.Credentials;

/// <summary>Names one credential: for what it is, and whose.</summary>
/// <param name="Connector">Connector name.</param>
/// <param name="Scheme">Name in <c>security_schemes</c>.</param>
public readonly record struct CredentialKey(string Connector, string Scheme)
{
    /// <summary>The profile of those who have only one account.</summary>
    public const string DefaultProfile = "default";

    /// <summary>Which of several accounts of one user.</summary>
    public string Profile { get; init; } = DefaultProfile;

    /// <summary>
    /// The caller of a gateway whose own credential it is, by issuer and subject; null for one that all callers share.
    /// </summary>
    public string? Holder { get; init; }

    /// <summary>One that needs no choice: the default profile, of no caller in particular.</summary>
    public bool IsPlain => Profile == DefaultProfile && Holder is null;

    /// <summary>The connector and the account, for messages: <c>'box'</c> or <c>'box' (profile 'work')</c>.</summary>
    public string Label => Profile == DefaultProfile ? $"'{Connector}'" : $"'{Connector}' (profile '{Profile}')";
}
