using McpRuntime.Credentials.Stores.Native;

namespace McpRuntime.Credentials.Stores;

/// <summary>
/// The operating system's store. Its calls block, perhaps while the user is asked to unlock it: they run on a thread of
/// their own, and end with the caller's token or after a time limit.
/// </summary>
/// <param name="native">The calls.</param>
/// <param name="timeLimit">For one call, the user's typing included.</param>
internal sealed class SystemSecretStore(INativeStore native, TimeSpan timeLimit) : ISecretStore
{
    public const string KindName = "keyring";

    public string Kind => KindName;

    public string Description => native.Description;

    public async ValueTask<Secret?> ReadAsync(string name, CancellationToken cancellationToken) =>
        await RunAsync(ended => native.Read(name, ended), "read", cancellationToken);

    public async ValueTask WriteAsync(string name, Secret content, CancellationToken cancellationToken)
    {
        // The caller may clear its own as soon as it stops waiting.
        var copy = Secret.FromUtf8(content.RevealUtf8());
        await RunAsync(
            ended =>
            {
                using (copy)
                    native.Write(name, copy, ended);
                return (object?)null;
            },
            "write",
            cancellationToken
        );
    }

    public async ValueTask RemoveAsync(string name, CancellationToken cancellationToken) =>
        await RunAsync(
            ended =>
            {
                native.Remove(name, ended);
                return (object?)null;
            },
            "remove",
            cancellationToken
        );

    private async Task<T> RunAsync<T>(Func<CancellationToken, T> call, string what, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ended.CancelAfter(timeLimit);
        var running = Task.Factory.StartNew(
            () => call(ended.Token),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        try
        {
            return await running.WaitAsync(ended.Token);
        }
        catch (Exception error)
            when ((error is NativeStoreException or OperationCanceledException)
                && ended.IsCancellationRequested
                && !cancellationToken.IsCancellationRequested
            )
        {
            throw Failed(what, $"did not answer within {timeLimit.TotalSeconds:0} s; it may be locked");
        }
        catch (NativeStoreException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (NativeStoreException error)
        {
            throw Failed(what, $"did not {what} the secret: {error.Message.TrimEnd('.')}");
        }
    }

    private McpRuntimeException Failed(string what, string why) =>
        new(
            $"{Capital(Description)} {why}. Unlock it"
                + (
                    what == "read"
                        ? ", or set the credential or sign in again with MCP_RUNTIME_CREDENTIAL_STORE=file."
                        : ", or use files instead: MCP_RUNTIME_CREDENTIAL_STORE=file."
                )
        );

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
