using McpRuntime.Credentials;
using McpRuntime.Network;

namespace McpRuntime.SignInFlows;

/// <summary>The user who signs in, as a front end reaches them.</summary>
public interface ISignInUser
{
    /// <summary>Asks about origins that are not approved for the connector yet; tokens go there.</summary>
    Task<bool> ApproveAsync(IReadOnlyList<Origin> newOrigins, string question, CancellationToken cancellationToken);

    /// <summary>Opens a browser, or says what to open.</summary>
    /// <param name="local">
    /// A one-time URL of this process that leads to the provider: state and challenge are in no list of processes.
    /// </param>
    /// <param name="full">The provider's URL, https or loopback, for a user who opens it elsewhere.</param>
    /// <param name="cancellationToken">Ends with the sign-in.</param>
    Task OpenBrowserAsync(Uri local, Uri full, CancellationToken cancellationToken);

    /// <summary>Shows what the user enters, and where.</summary>
    /// <param name="verification">The page: https or loopback.</param>
    /// <param name="complete">The page with the code in it; null where the provider has none.</param>
    /// <param name="userCode">The code; text of the provider, made harmless.</param>
    /// <param name="validFor">How long it can be entered.</param>
    /// <param name="cancellationToken">Ends with the sign-in.</param>
    Task ShowDeviceCodeAsync(
        Uri verification,
        Uri? complete,
        string userCode,
        TimeSpan validFor,
        CancellationToken cancellationToken
    );

    /// <summary>The client's secret, for the flow to dispose; null for none.</summary>
    Task<Secret?> AskClientSecretAsync(CancellationToken cancellationToken);
}
