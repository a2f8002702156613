namespace McpRuntime.SignInFlows;

/// <summary>Values of <see cref="McpRuntimeException.ErrorCode"/> of sign-ins.</summary>
public static class SignInErrorCode
{
    /// <summary>The user did not finish within the time limit.</summary>
    public const string SignInTimedOut = nameof(SignInTimedOut);

    /// <summary>The user, or the provider in their name, said no.</summary>
    public const string SignInDenied = nameof(SignInDenied);

    /// <summary>Anything else went wrong; the message says what.</summary>
    public const string SignInFailed = nameof(SignInFailed);

    internal static McpRuntimeException Failed(string message) => new(message) { ErrorCode = SignInFailed };
}
