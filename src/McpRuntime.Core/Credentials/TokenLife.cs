namespace McpRuntime.Credentials;

/// <summary>How long a token is used.</summary>
internal static class TokenLife
{
    // A token must still be good when the request arrives.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    /// <summary>
    /// When another one is to be fetched: shortly before its end; after half of a life that is itself short, so that it
    /// is used at all.
    /// </summary>
    public static DateTimeOffset GoodUntil(DateTimeOffset obtained, TimeSpan life) =>
        obtained + (life > Margin * 2 ? life - Margin : life / 2);
}
