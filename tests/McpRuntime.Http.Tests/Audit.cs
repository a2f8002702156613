using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests;

/// <summary>Reads the audit, which is written next to the calls.</summary>
internal static class Audit
{
    /// <summary>Waits until so many calls are in it; newest first.</summary>
    public static Task<IReadOnlyList<JsonElement>> CallsAsync(HttpClient admin, int least) =>
        EntriesAsync(admin, entry => entry.Text("action") == "tool.call", least);

    /// <summary>Waits until so many entries of a kind are in it; newest first.</summary>
    public static async Task<IReadOnlyList<JsonElement>> EntriesAsync(
        HttpClient admin,
        Func<JsonElement, bool> isMeant,
        int least = 1
    )
    {
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        guard.CancelAfter(ProcessRunner.HangGuard);
        while (true)
        {
            using var answer = await admin.GetAsync("/v1/audit?limit=1000", guard.Token);
            Assert.NotEqual(429, (int)answer.StatusCode);
            if (answer.IsSuccessStatusCode)
            {
                var entries = JsonElement
                    .Parse(await answer.Content.ReadAsStringAsync(guard.Token))
                    .GetProperty("entries");
                var found = entries.EnumerateArray().Where(isMeant).ToList();
                if (found.Count >= least)
                    return found;
            }
            await Task.Delay(20, guard.Token);
        }
    }

    /// <summary>Waits for an entry and gives its outcome and detail.</summary>
    public static async Task<(string Outcome, string Detail)> OfAsync(HttpClient admin, string action, string outcome)
    {
        var entry = (
            await EntriesAsync(admin, entry =>
                entry.Text("action") == action && entry.Text("outcome").StartsWith(outcome, StringComparison.Ordinal)
            )
        )[0];
        return (entry.Text("outcome"), entry.TryGetProperty("detail", out var detail) ? detail.ToString() : "");
    }
}
