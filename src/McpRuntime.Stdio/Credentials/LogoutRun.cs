using McpRuntime.Approvals;
using McpRuntime.Configuration;
using McpRuntime.Credentials;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Credentials.Stores;
using McpRuntime.Network;
using McpRuntime.SignInFlows;

namespace McpRuntime.Stdio.Credentials;

/// <summary>Ends the sign-ins of one account. The manifest may be gone: what is recorded is enough.</summary>
internal sealed class LogoutRun(Terminal terminal, RuntimeSettings settings)
{
    public required string Connector { get; init; }

    public string? Profile { get; init; }

    public string? Scheme { get; init; }

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var profile = AccountOptions.ProfileOf(Profile, Connector, settings);
        var keys = StoredCredentialSource
            .Records(settings)
            .All()
            .Where(entry =>
                entry.Record.IsSignIn
                && entry.Connector == Connector
                && entry.Key.Profile == profile
                && (Scheme is null || entry.Scheme == Scheme)
            )
            .Select(entry => entry.Key)
            .ToList();
        if (keys.Count == 0)
        {
            var label = new CredentialKey(Connector, Scheme ?? "") { Profile = profile }.Label;
            await terminal.WriteErrorAsync($"There is no sign-in of {label}.");
            return ExitCode.Failed;
        }
        var store = StoredCredentialSource.SignIns(settings, ConsoleStores.Open(settings));
        using var http = new GuardedHttp(settings.ExtraRoots);
        var flow = new SignInFlow(settings, http, new ApprovalStore(settings.DataFolder), TimeProvider.System);
        foreach (var key in keys)
            await EndAsync(flow, store, key, cancellationToken);
        return ExitCode.Good;
    }

    // It is forgotten here whatever the provider says; the user is told what is left to do there.
    private async Task EndAsync(SignInFlow flow, LocalSignInStore store, CredentialKey key, CancellationToken token)
    {
        await using var turn = await store.LockAsync(key, token);
        string? problem = null;
        var isRevoked = false;
        try
        {
            using var signIn = await store.ReadAsync(key, token);
            if (signIn?.RevocationUrl is not null)
            {
                await flow.RevokeAsync(Connector, signIn, token);
                isRevoked = true;
            }
        }
        catch (McpRuntimeException failure)
        {
            problem = failure.Message;
        }
        await store.RemoveAsync(key, CancellationToken.None);
        await terminal.Out.WriteLineAsync(
            $"Signed out of {key.Label}: forgotten here{(isRevoked ? " and revoked at the provider" : "")}."
        );
        if (!isRevoked)
            await terminal.WriteErrorAsync(
                $"It was not revoked at the provider{(problem is null ? "." : $": {problem}")} To end it there too, "
                    + "remove the app in your account's settings."
            );
    }
}
