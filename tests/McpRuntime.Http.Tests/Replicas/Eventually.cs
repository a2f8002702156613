using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Replicas;

/// <summary>Waits for what another replica does in its own time.</summary>
internal static class Eventually
{
    /// <summary>Asks until the answer is as expected; the last answer is in the failure.</summary>
    public static async Task IsAsync<T>(T expected, Func<Task<T>> ask)
    {
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        guard.CancelAfter(ProcessRunner.HangGuard);
        while (true)
        {
            var answer = await ask();
            if (EqualityComparer<T>.Default.Equals(answer, expected))
                return;
            try
            {
                await Task.Delay(20, guard.Token);
            }
            catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                Assert.Equal(expected, answer);
            }
        }
    }
}
