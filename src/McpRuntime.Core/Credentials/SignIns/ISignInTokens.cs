using McpRuntime.Network;

namespace McpRuntime.Credentials.SignIns;

/// <summary>Gives the access token of a sign-in, renewed where that is needed.</summary>
public interface ISignInTokens
{
    /// <summary><c>refused</c> where the API has refused no token.</summary>
    const long NoneRefused = -1;

    /// <param name="addresses">Where the token endpoint may be.</param>
    /// <param name="refused">
    /// <see cref="FetchedToken.Generation"/> of a token that the API refused: neither it nor an older one is handed
    /// out.
    /// </param>
    /// <param name="cancellationToken">Waiting and renewing spend the call's own time.</param>
    /// <exception cref="SignInRequiredException">Only a new sign-in helps.</exception>
    ValueTask<FetchedToken> GetAsync(AddressPolicy addresses, long refused, CancellationToken cancellationToken);
}
