namespace McpRuntime.Credentials.SignIns;

/// <summary>How long an access token is used.</summary>
internal static class SignInLife
{
    /// <summary>
    /// When it is to be renewed. Never where the provider did not name an end: then the API says by a 401 that it is
    /// over.
    /// </summary>
    public static DateTimeOffset GoodUntil(SignIn signIn) =>
        signIn.ExpiresAt is { } end
            ? TokenLife.GoodUntil(signIn.ObtainedAt, end - signIn.ObtainedAt)
            : DateTimeOffset.MaxValue;

    public static bool IsOver(SignIn signIn, DateTimeOffset now) => now >= GoodUntil(signIn);
}
