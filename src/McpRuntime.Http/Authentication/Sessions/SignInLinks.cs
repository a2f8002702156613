using McpRuntime.Http.Authentication.Issuers;

namespace McpRuntime.Http.Authentication.Sessions;

/// <summary>Where people sign in, for the pages that offer it.</summary>
internal sealed class SignInLinks(KnownIssuers issuers)
{
    public const string Path = "/sign-in";

    /// <summary>Each issuer where people sign in, by its name for people.</summary>
    /// <param name="back">Path of the gateway where the browser comes back to; null for the page.</param>
    public IEnumerable<(string Name, string Url)> To(string? back = null) =>
        issuers.ForPeople.Select(
            (issuer, number) =>
                (
                    issuer.Settings.Name,
                    $"{Path}?issuer={number}{(back is null ? "" : $"&return={Uri.EscapeDataString(back)}")}"
                )
        );
}
