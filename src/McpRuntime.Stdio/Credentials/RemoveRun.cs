using McpRuntime.Configuration;
using McpRuntime.Credentials;
using McpRuntime.Credentials.Stores;

namespace McpRuntime.Stdio.Credentials;

/// <summary><c>credentials remove</c>: removes a stored credential and its record.</summary>
internal sealed class RemoveRun(Terminal terminal, RuntimeSettings settings)
{
    public required string Connector { get; init; }

    public string? Scheme { get; init; }

    public string? Profile { get; init; }

    private string ProfileName => AccountOptions.ProfileOf(Profile, Connector, settings);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        // The connector itself may be gone; its credential is to go too.
        var found = StoredCredentialSource
            .Records(settings)
            .All()
            .Where(entry =>
                entry.Connector == Connector
                && entry.Key.Profile == ProfileName
                && (Scheme is null || entry.Scheme == Scheme)
            )
            .ToList();
        switch (found)
        {
            case []:
                await terminal.WriteErrorAsync(
                    $"No credential{(Scheme is null ? "" : $" '{Scheme}'")} of "
                        + $"{new CredentialKey(Connector, "") { Profile = ProfileName }.Label} is stored."
                );
                return ExitCode.Failed;
            case [var entry]:
                await RemoveAsync(entry, cancellationToken);
                return ExitCode.Good;
            default:
                await terminal.WriteErrorAsync(
                    $"'{Connector}' has several stored credentials: "
                        + $"{string.Join(", ", found.Select(entry => entry.Scheme))}. Name one with --scheme."
                );
                return ExitCode.Failed;
        }
    }

    private async Task RemoveAsync(SecretRecordEntry entry, CancellationToken cancellationToken)
    {
        var store = ConsoleStores.Of(entry.Record.Store, settings) ?? ConsoleStores.Open(settings);
        var signIns = StoredCredentialSource.SignIns(settings, store);
        await using (await signIns.LockAsync(entry.Key, cancellationToken))
            await signIns.RemoveAsync(entry.Key, cancellationToken);
        await terminal.Error.WriteLineAsync(
            $"Removed '{entry.Scheme}' of {entry.Key.Label} from {store.Description}."
                + (entry.Record.IsSignIn ? " The provider was not told; its tokens end by themselves." : "")
        );
    }
}
