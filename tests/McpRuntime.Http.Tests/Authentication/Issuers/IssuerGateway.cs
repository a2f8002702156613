using System.Net;
using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Authentication.Issuers;

/// <summary>A gateway that trusts some issuers.</summary>
internal sealed class IssuerGateway : IAsyncDisposable
{
    public const string Us = "https://mcp.example";

    private readonly TemporaryFolder _home;

    private IssuerGateway(TemporaryFolder home, RunningGateway gateway) => (_home, Gateway) = (home, gateway);

    public RunningGateway Gateway { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <param name="issuers">The items of the file.</param>
    /// <param name="roles">The roles file; null for none.</param>
    /// <param name="settings">Further settings.</param>
    public static async Task<IssuerGateway> StartAsync(
        string issuers,
        string? roles = null,
        IEnumerable<(string, string)>? settings = null
    )
    {
        var home = new TemporaryFolder();
        List<(string, string)> all =
        [
            ("ISSUERS_FILE", home.Write("issuers.json", $$"""{"issuers":[{{issuers}}]}""")),
            ("PUBLIC_URL", Us),
            .. settings ?? [],
        ];
        if (roles is not null)
            all.Add(("ROLES_FILE", home.Write("roles.json", roles)));
        return new IssuerGateway(home, await RunningGateway.StartAsync(all, home));
    }

    /// <summary>Who the gateway takes the holder for: id and roles.</summary>
    public async Task<(string Id, string Roles)> CallerAsync(string token)
    {
        using var answer = await AskAsync(token);
        var text = await answer.Content.ReadAsStringAsync(Cancelled);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        var caller = JsonElement.Parse(text);
        return (
            caller.Text("id"),
            string.Join(' ', caller.GetProperty("roles").EnumerateArray().Select(role => role.GetString()))
        );
    }

    /// <summary>Why a token is refused.</summary>
    public async Task<string> RefusalAsync(string token)
    {
        using var answer = await AskAsync(token);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancelled)).Text("detail");
    }

    public async Task<HttpResponseMessage> AskAsync(string token, string path = "/v1/caller")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", token);
        return await Gateway.Anonymous.SendAsync(request, Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        _home.Dispose();
    }
}
