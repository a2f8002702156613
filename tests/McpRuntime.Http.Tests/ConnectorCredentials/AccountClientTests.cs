using McpRuntime.Http.Tests.SignIns;

namespace McpRuntime.Http.Tests.ConnectorCredentials;

/// <summary>The client with which callers connect their accounts, set through the gateway.</summary>
public class AccountClientTests
{
    [Fact]
    public async Task Callers_connect_with_the_client_that_was_set()
    {
        await using var made = await ConnectGateway.StartAsync();
        var admin = made.Gateway.Client;
        var state = (await admin.SendAsync("GET", "/v1/credentials")).GetProperty("credentials")[0];
        Assert.Contains("""["client_id"]""", state.GetProperty("alternatives").GetRawText(), StringComparison.Ordinal);
        var origins = state.GetProperty("origins").GetProperty("now").GetRawText();
        await admin.SendAsync(
            "PUT",
            CredentialGateway.Path(null, scheme: "person"),
            $$"""{"fields":{"client_id":"client-of-the-gateway"},"origins":{{origins}}}""",
            ifMatch: state.Text("etag")
        );
        var ann = await made.CallerAsync();
        using var browser = new ConnectBrowser();

        await browser.ConnectAsync(await ann.LinkAsync(), ann.Token);

        Assert.Contains(made.Provider.Requests, request =>
            request.Target.Contains("client_id=client-of-the-gateway", StringComparison.Ordinal)
        );
        Assert.False((await ann.CallAsync()).IsError);
        // What it is for counts here as well: nobody is led to a provider that no one confirmed.
        made.Home.Write(
            "connectors/shop.yaml",
            made.Manifest("per_caller").Replace(made.Provider.Issuer, "https://evil.example", StringComparison.Ordinal)
        );
        await admin.SendAsync("POST", "/v1/runtime/reload");
        var bob = await made.CallerAsync();
        using var other = new ConnectBrowser();
        var link = await bob.LinkAsync();
        using var proved = await other.PostAsync(link, "token", bob.Token);
        using var page = await other.GetAsync(new Uri(link, proved.Headers.Location!));
        Assert.Contains(
            "needs confirmation",
            await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
    }
}
