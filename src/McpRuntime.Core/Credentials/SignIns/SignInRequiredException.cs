namespace McpRuntime.Credentials.SignIns;

/// <summary>A call needs a user's sign-in, and there is none that is good.</summary>
public sealed class SignInRequiredException : McpRuntimeException
{
    /// <param name="key">Which sign-in.</param>
    /// <param name="message">What happened, with the command that signs in.</param>
    public SignInRequiredException(CredentialKey key, string message)
        : base(message)
    {
        Key = key;
        ErrorCode = CallErrorCode.SignInRequired;
    }

    /// <summary>Which sign-in.</summary>
    public CredentialKey Key { get; }
}
