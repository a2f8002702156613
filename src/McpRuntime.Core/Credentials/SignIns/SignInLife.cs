namespace McpRuntime.Credentials.SignIns;

/// <summary>How long an access token is used.</summary>
internal static class SignInLife
{
    // A token must still be good when the request arrives.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    /// <summary>
    /// When it is to be renewed: shortly before its end; after half of a life that is itself short. Never where the
    /// provider did not name an end: then the API says by a 401 that it is over.
    /// </summary>
    public static DateTimeOffset GoodUntil(SignIn signIn)
    {
        if (signIn.ExpiresAt is not { } end)
            return DateTimeOffset.MaxValue;
        var life = end - signIn.ObtainedAt;
        return life > Margin * 2 ? end - Margin : end - life / 2;
    }

    public static bool IsOver(SignIn signIn, DateTimeOffset now) => now >= GoodUntil(signIn);
}
