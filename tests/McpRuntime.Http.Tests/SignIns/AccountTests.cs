using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.SignIns;

/// <summary><c>/v1/accounts</c>: callers see and disconnect their own accounts, and no one else's.</summary>
public sealed class AccountTests
{
    private const string Mine = "/v1/accounts?connector=shop&scheme=person";

    [Fact]
    public async Task A_caller_sees_their_own_accounts_and_no_token()
    {
        await using var made = await ConnectGateway.StartAsync();
        var (ann, bob) = (await made.CallerAsync(), await made.CallerAsync("admin"));
        using var browser = new ConnectBrowser();
        await browser.ConnectAsync(await ann.LinkAsync(), ann.Token);

        var account = Assert.Single((await ann.Client.SendAsync("GET", "/v1/accounts")).EnumerateArray());

        Assert.Equal(
            ("shop", "person", "default", "ann@example.test"),
            (account.Text("connector"), account.Text("scheme"), account.Text("profile"), account.Text("account"))
        );
        Assert.False(account.GetProperty("shared").GetBoolean());
        Assert.False(account.GetProperty("needsSignIn").GetBoolean());
        Assert.Equal(JsonValueKind.Null, account.GetProperty("project").ValueKind);
        foreach (var secret in made.Provider.Secrets)
            Assert.DoesNotContain(secret, account.ToString(), StringComparison.Ordinal);
        Assert.Empty((await bob.Client.SendAsync("GET", "/v1/accounts")).EnumerateArray());
    }

    [Fact]
    public async Task A_caller_disconnects_their_own_account_and_no_one_elses()
    {
        await using var made = await ConnectGateway.StartAsync();
        var (ann, bob) = (await made.CallerAsync(), await made.CallerAsync());
        using var browser = new ConnectBrowser();
        await browser.ConnectAsync(await ann.LinkAsync(), ann.Token);
        await browser.ConnectAsync(await bob.LinkAsync(), bob.Token);

        var caller = Uri.EscapeDataString(ann.Id);
        await bob.Client.SendAsync("DELETE", $"/v1/accounts?caller={caller}", status: 404);
        await bob.Client.SendAsync("DELETE", $"{Mine}&caller={caller}", status: 404);
        Assert.Empty((await bob.Client.SendAsync("GET", $"/v1/accounts?caller={caller}")).EnumerateArray());
        await bob.Client.SendAsync("DELETE", $"{Mine}&shared=true", status: 404);
        var removed = await bob.Client.SendAsync("DELETE", Mine);

        Assert.Equal("Its provider has ended it.", removed[0].Text("provider"));
        Assert.Single(made.Provider.Requests, request => request.Target == "/revoke");
        Assert.True((await bob.CallAsync()).IsError);
        Assert.False((await ann.CallAsync()).IsError);
        await bob.Client.SendAsync("DELETE", Mine, status: 404);
        var (_, detail) = await Audit.OfAsync(made.Gateway.Client, "sign_in.disconnect", "ok");
        Assert.Equal("Its provider has ended it.", detail);
    }

    [Theory]
    [InlineData("/v1/accounts", "connector and scheme")]
    [InlineData("/v1/accounts?connector=shop", "connector and scheme")]
    [InlineData("/v1/accounts?conector=shop&scheme=person", "it takes caller, project")]
    [InlineData("/v1/accounts?connector=shop&scheme=person&shared=yes", "true or false")]
    public async Task A_removal_that_names_no_account_removes_none(string path, string expected)
    {
        await using var made = await ConnectGateway.StartAsync();
        var ann = await made.CallerAsync();
        using var browser = new ConnectBrowser();
        await browser.ConnectAsync(await ann.LinkAsync(), ann.Token);

        var problem = await ann.Client.SendAsync("DELETE", path, status: 400);

        Assert.Contains(expected, problem.Text("detail"), StringComparison.Ordinal);
        Assert.False((await ann.CallAsync()).IsError);
    }

    [Fact]
    public async Task Accounts_of_someone_who_left_are_removed_by_those_who_manage_tokens_or_credentials()
    {
        using var roles = new TemporaryFolder();
        var file = roles.Write(
            "roles.json",
            """
            { "roles": {
                "office": { "access": "none", "rights": ["tokens"] },
                "team": { "projects": ["p"], "access": "none", "rights": ["credentials", "tokens"] } } }
            """
        );
        await using var made = await ConnectGateway.StartAsync(settings: [("ROLES_FILE", file)]);
        var (ann, office) = (await made.CallerAsync(), await made.CallerAsync("office"));
        var team = await made.CallerAsync("team");
        using var browser = new ConnectBrowser();
        await browser.ConnectAsync(await ann.LinkAsync(), ann.Token);
        var path = $"/v1/accounts?caller={Uri.EscapeDataString(ann.Id)}";

        // The connector is not of a project that they manage.
        await team.Client.SendAsync("DELETE", path, status: 404);
        Assert.Empty((await team.Client.SendAsync("GET", path)).EnumerateArray());
        Assert.False((await ann.CallAsync()).IsError);
        Assert.Single((await office.Client.SendAsync("GET", path)).EnumerateArray());
        await office.Client.SendAsync("DELETE", path);

        Assert.True((await ann.CallAsync()).IsError);
        var (_, detail) = await Audit.OfAsync(made.Gateway.Client, "sign_in.disconnect", "ok");
        Assert.StartsWith($"Of {ann.Id}.", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_shared_account_is_shown_to_those_who_have_the_right_where_the_connector_is()
    {
        using var roles = new TemporaryFolder();
        var file = roles.Write(
            "roles.json",
            """
            { "roles": {
                "keeper": { "access": "read", "rights": ["credentials"] },
                "team": { "projects": ["p"], "access": "read", "rights": ["credentials"] } } }
            """
        );
        await using var made = await ConnectGateway.StartAsync("shared", settings: [("ROLES_FILE", file)]);
        var (keeper, team) = (await made.CallerAsync("keeper"), await made.CallerAsync("team"));
        var user = await made.CallerAsync();
        using var browser = new ConnectBrowser();
        await browser.ConnectAsync(await keeper.LinkAsync(), keeper.Token);

        Assert.True((await keeper.Client.SendAsync("GET", "/v1/accounts"))[0].GetProperty("shared").GetBoolean());
        foreach (var other in new[] { team, user })
        {
            Assert.Empty((await other.Client.SendAsync("GET", "/v1/accounts")).EnumerateArray());
            await other.Client.SendAsync("DELETE", $"{Mine}&shared=true", status: 404);
            var link = """{"connector":"shop","shared":true}""";
            await other.Client.SendAsync("POST", "/v1/accounts/link", link, status: other == user ? 403 : 404);
        }
        // Not by a mistake either.
        await keeper.Client.SendAsync("DELETE", Mine, status: 404);
        Assert.False((await user.CallAsync()).IsError);
        await keeper.Client.SendAsync("DELETE", $"{Mine}&shared=true");
        Assert.True((await user.CallAsync()).IsError);
    }

    [Fact]
    public async Task A_link_is_made_without_a_call_and_is_good_for_its_caller_alone()
    {
        await using var made = await ConnectGateway.StartAsync();
        var (ann, bob) = (await made.CallerAsync(), await made.CallerAsync());
        using var browser = new ConnectBrowser();

        var answer = await ann.Client.SendAsync("POST", "/v1/accounts/link", """{"connector":"shop"}""", status: 201);

        Assert.StartsWith("/connect/", answer.Text("url"), StringComparison.Ordinal);
        var link = new Uri(made.Gateway.Url, answer.Text("url"));
        using var refused = await browser.PostAsync(link, "token", bob.Token);
        Assert.Equal(403, (int)refused.StatusCode);
        await browser.ConnectAsync(link, ann.Token);
        Assert.False((await ann.CallAsync()).IsError);
        var (_, detail) = await Audit.OfAsync(made.Gateway.Client, "sign_in.link", "ok");
        Assert.DoesNotContain("connect/", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""", 400)]
    [InlineData("""{"connector":"none"}""", 404)]
    [InlineData("""{"connector":"shop","project":"none"}""", 404)]
    [InlineData("""{"connector":"shop","scheme":"none"}""", 400)]
    [InlineData("""{"connector":"shop","shared":true}""", 409)]
    [InlineData("""{"connector":"shop","holder":"token:other"}""", 400)]
    public async Task A_link_that_cannot_be_made_is_refused(string body, int status)
    {
        await using var made = await ConnectGateway.StartAsync();
        var ann = await made.CallerAsync();

        await ann.Client.SendAsync("POST", "/v1/accounts/link", body, status);
    }
}
