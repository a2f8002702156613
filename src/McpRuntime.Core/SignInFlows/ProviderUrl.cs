using McpRuntime.Diagnostics;
using McpRuntime.Network;

namespace McpRuntime.SignInFlows;

/// <summary>URLs of a manifest, a provider or a user, before a browser or a secret goes there.</summary>
internal static class ProviderUrl
{
    /// <exception cref="McpRuntimeException">It is neither https nor http on loopback.</exception>
    public static Uri Read(string text, string what)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || !IsSafe(url))
            throw SignInErrorCode.Failed(
                $"The {what} '{UntrustedText.Shorten(UntrustedText.Clean(text), 200)}' is not an https URL; plain "
                    + "http is accepted on this machine alone. Correct it in the manifest or on the command line."
            );
        return url;
    }

    /// <summary>
    /// Other schemes start other programs, user information hides the host, and over plain http anyone on the network
    /// reads along.
    /// </summary>
    public static bool IsSafe(Uri url) =>
        url.IsAbsoluteUri
        && url.Scheme is "https" or "http"
        && url.Host.Length > 0
        && url.UserInfo.Length == 0
        && Origin.Of(url).MayCarryCredentials;
}
