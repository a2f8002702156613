namespace McpRuntime;

/// <summary>
/// Values of <see cref="McpRuntimeException.ErrorCode"/> for calls that Core refuses; sources of credentials have more.
/// </summary>
public static class CallErrorCode
{
    /// <summary>The tool needs a credential that is not set.</summary>
    public const string CredentialMissing = nameof(CredentialMissing);

    /// <summary>The tool needs a user's sign-in, and there is none, or its provider has ended it.</summary>
    public const string SignInRequired = nameof(SignInRequired);

    /// <summary>The credential is set, and the user has not approved the origin that the manifest names.</summary>
    public const string OriginNotApproved = nameof(OriginNotApproved);
}
