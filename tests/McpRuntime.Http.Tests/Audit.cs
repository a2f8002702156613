using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests;

/// <summary>Reads the audit, which is written beside the calls.</summary>
internal static class Audit
{
    /// <summary>Waits until so many calls are in it; newest first.</summary>
    public static async Task<IReadOnlyList<JsonElement>> CallsAsync(HttpClient admin, int least)
    {
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        guard.CancelAfter(ProcessRunner.HangGuard);
        while (true)
        {
            using var answer = await admin.GetAsync("/v1/audit?limit=1000", guard.Token);
            Assert.NotEqual(429, (int)answer.StatusCode);
            if (answer.IsSuccessStatusCode)
            {
                var entries = JsonElement.Parse(await answer.Content.ReadAsStringAsync(guard.Token)).GetProperty("entries");
                var calls = entries.EnumerateArray().Where(entry => entry.Text("action") == "tool.call").ToList();
                if (calls.Count >= least)
                    return calls;
            }
            await Task.Delay(20, guard.Token);
        }
    }
}
