using System.Net;
using McpRuntime.Http.Tests.Authentication;
using McpRuntime.Http.Tests.Mcp;

namespace McpRuntime.Http.Tests.SignIns;

/// <summary>Who gets a link, by which protocol, and for which connector.</summary>
public sealed class ConnectCallerTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_of_mcp_is_answered_with_a_link_and_names_no_variable()
    {
        await using var made = await ConnectGateway.StartAsync();
        var ann = await made.CallerAsync();
        using var request = McpClientSide.Call("get_item", """{"id":7}""");

        using var answer = await ann.Client.SendAsync(request, Cancelled);

        var text = await answer.Content.ReadAsStringAsync(Cancelled);
        Assert.Matches(ConnectCaller.Link(), text);
        Assert.Contains("SignInRequired", text);
        Assert.DoesNotContain("MCP_RUNTIME_", text);
        using var browser = new ConnectBrowser();
        await browser.ConnectAsync(new Uri(ConnectCaller.Link().Match(text).Value), ann.Token);
        Assert.False((await ann.CallAsync()).IsError);
    }

    [Fact]
    public async Task A_caller_with_a_jwt_proves_by_a_jwt_of_the_same_issuer_and_subject()
    {
        await using var authority = TestAuthority.Start();
        await using var made = await ConnectGateway.StartAsync(
            settings: [("JWT_AUTHORITY", authority.Issuer), ("JWT_AUDIENCE", "us"), ("JWT_ROLES_CLAIM", "roles")]
        );
        var (ann, bob) = (Sign("ann"), Sign("bob"));
        using var client = new HttpClient { BaseAddress = made.Gateway.Url };
        client.DefaultRequestHeaders.Authorization = new("Bearer", ann);
        var link = await new ConnectCaller(client, ann, "").LinkAsync();
        using var browser = new ConnectBrowser();

        using var refused = await browser.PostAsync(link, "token", bob);
        await browser.ConnectAsync(link, ann);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.False((await new ConnectCaller(client, ann, "").CallAsync()).IsError);

        string Sign(string subject) =>
            TestAuthority.Sign(authority.RsaKey, "RS256", authority.Issuer, "us", ["user"], subject: subject);
    }

    [Fact]
    public async Task The_connector_of_the_same_name_in_a_project_does_not_get_the_account()
    {
        await using var made = await ConnectGateway.StartAsync();
        var admin = made.Gateway.Client;
        await admin.SendAsync("POST", "/v1/projects", """{"name":"p"}""", 201);
        await admin.SendAsync(
            "POST",
            "/v1/projects/p/connectors",
            made.Manifest("per_caller"),
            201,
            type: "application/yaml"
        );
        var ann = await made.CallerAsync("admin");
        using var browser = new ConnectBrowser();
        await browser.ConnectAsync(await ann.LinkAsync(), ann.Token);

        var answer = await ann.Client.SendAsync("POST", "/v1/tools/get_item?project=p", """{"id":7}""");

        Assert.True(answer.GetProperty("isError").GetBoolean());
        var link = new Uri(ConnectCaller.Link().Match(answer.ToString()).Value);
        using var proved = await browser.PostAsync(link, "token", ann.Token);
        using var page = await browser.GetAsync(new Uri(link, proved.Headers.Location!));
        // Its client and its approvals are its own, too.
        Assert.Equal(HttpStatusCode.Conflict, page.StatusCode);
        Assert.Contains("p/shop", await page.Content.ReadAsStringAsync(Cancelled));
    }

    [Theory]
    [InlineData("navigate", 404)]
    [InlineData("no-cors", 403)]
    public async Task A_link_can_be_followed_from_another_site_and_not_be_fetched(string mode, int status)
    {
        await using var made = await ConnectGateway.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/connect/none");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        request.Headers.Add("Sec-Fetch-Mode", mode);

        using var answer = await made.Gateway.Anonymous.SendAsync(request, Cancelled);

        Assert.Equal(status, (int)answer.StatusCode);
    }
}
