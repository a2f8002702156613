namespace McpRuntime.Credentials;

/// <summary>
/// Somewhere credentials are kept. Sources are asked in order; the first that knows anything answers alone.
/// </summary>
public interface ICredentialSource
{
    /// <summary>How a user sets a credential here, for messages, e.g. <c>set the environment variable X</c>.</summary>
    /// <param name="key">Which credential.</param>
    /// <param name="fields">The fields that are needed together.</param>
    /// <returns>Null where it cannot keep one for this profile or holder.</returns>
    string? HowToSet(CredentialKey key, IReadOnlyList<CredentialField> fields);

    /// <summary>
    /// How a user signs in, e.g. <c>run: mcp-runtime login box</c>; null where this source keeps no sign-ins.
    /// </summary>
    /// <param name="key">Which credential.</param>
    string? HowToSignIn(CredentialKey key) => null;

    /// <summary>The credential of a scheme, for the caller to dispose; null when nothing is kept for it.</summary>
    /// <exception cref="McpRuntimeException">The source is there but cannot be read.</exception>
    ValueTask<Credential?> FindAsync(CredentialKey key, CancellationToken cancellationToken);

    /// <summary>
    /// Whether <see cref="FindAsync"/> would still give what it gave. Calls ask before they use it once more, so it is
    /// to be quick and asks no one; false where that takes asking.
    /// </summary>
    /// <param name="key">Which credential.</param>
    /// <param name="known">What it gave, not yet disposed; null for nothing.</param>
    bool IsCurrent(CredentialKey key, Credential? known) => false;

    /// <summary>
    /// The API refused the credential (401): a source that keeps copies asks where they come from the next time.
    /// </summary>
    /// <param name="key">Which credential.</param>
    void Refused(CredentialKey key) { }
}
