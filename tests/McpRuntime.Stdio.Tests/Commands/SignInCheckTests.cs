using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands;

/// <summary><c>credentials list</c> and <c>credentials check</c> on sign-ins with a real provider.</summary>
public sealed class SignInCheckTests : IDisposable
{
    private readonly McpRuntimeProcess _runtime = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public SignInCheckTests() => _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.1/32";

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public async Task Account_scopes_profile_and_place_of_a_sign_in_are_shown()
    {
        await using var provider = await ProviderProcess.StartAsync(Token);
        AddConnector(provider, "email, notes.write, notes.read");
        await SignInAsync("--profile", "work", "--scope", "openid", "--scope", "email", "--scope", "offline_access");

        var other = await CheckAsync();
        var text = await CheckAsync("--profile", "work");
        var json = await _runtime.RunAsync(["credentials", "list", "--profile", "work", "--format", "json"], Token);

        Assert.True(other.ExitCode == 1, other.ToString());
        Assert.Contains("mcp-runtime login notes --scheme user", other.Out, StringComparison.Ordinal);
        Assert.True(text.ExitCode == 0, text.ToString());
        Assert.Contains("profile 'work'", text.Out, StringComparison.Ordinal);
        Assert.Contains("sign-in of ada@example.com from unencrypted files", text.Out, StringComparison.Ordinal);
        Assert.Contains("accepted by its token endpoint", text.Out, StringComparison.Ordinal);
        Assert.Contains("Scopes: email offline_access openid.", text.Out, StringComparison.Ordinal);
        Assert.Contains("tools need them: notes.read notes.write.", text.Out, StringComparison.Ordinal);
        var status = JsonElement.Parse(json.Out).GetProperty("credentials")[0];
        Assert.Equal("work", status.GetProperty("profile").GetString());
        Assert.Equal("ada@example.com", status.GetProperty("account").GetString());
        Assert.True(status.GetProperty("sign_in").GetBoolean());
        Assert.Equal(["email", "offline_access", "openid"], Texts(status, "scopes"));
        Assert.Equal(["notes.read", "notes.write"], Texts(status, "missing_scopes"));
        Assert.Equal(JsonValueKind.Null, status.GetProperty("expires_at").ValueKind);
        Assert.Equal(JsonValueKind.Null, status.GetProperty("accepted").ValueKind);
        Assert.Equal(JsonValueKind.Null, status.GetProperty("problem").ValueKind);
    }

    [Fact]
    public async Task End_of_a_sign_in_that_cannot_be_renewed_is_shown()
    {
        await using var provider = await ProviderProcess.StartAsync(Token);
        AddConnector(provider, "email");
        await SignInAsync("--scope", "openid", "--scope", "email");

        var text = await CheckAsync();
        var json = await _runtime.RunAsync(["credentials", "list", "--format", "json"], Token);

        Assert.True(text.ExitCode == 0, text.ToString());
        Assert.Contains("; its access token ends on ", text.Out, StringComparison.Ordinal);
        var end = JsonElement.Parse(json.Out).GetProperty("credentials")[0].GetProperty("expires_at");
        Assert.InRange(end.GetDateTimeOffset(), DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(1));
    }

    [Fact]
    public async Task Check_renews_what_has_expired_and_a_list_does_not()
    {
        await using var provider = await ProviderProcess.StartAsync(Token, life: 1);
        AddConnector(provider, "email");
        await SignInAsync();

        while (await provider.CountAsync("refresh_token", Token) == 0)
        {
            var list = await _runtime.RunAsync(["credentials", "list"], Token);
            Assert.True(list.ExitCode == 0, list.ToString());
            Assert.Equal(0, await provider.CountAsync("refresh_token", Token));
            var check = await CheckAsync();
            Assert.True(check.ExitCode == 0, check.ToString());
        }
    }

    [Fact]
    public async Task Refused_renewal_fails_the_check_with_the_command_that_helps()
    {
        await using var provider = new StandInProvider();
        provider.Token = json => UpstreamAnswer.Json(json.Replace("3600", "1", StringComparison.Ordinal));
        _runtime.AddConnector(
            "notes",
            Documents
                .Manifest("notes", "https://notes.example")
                .Replace(
                    "key: { type: api_key, location: header, key_name: X-Key }",
                    $"key: {{ type: open_id_connect, url: '{provider.Issuer}/.well-known/openid-configuration' }}",
                    StringComparison.Ordinal
                )
        );
        await SignInAsync("--client-id", "my-client", "--profile", "work");
        provider.Token = _ => UpstreamAnswer.Json("""{"error":"invalid_grant"}""", 400);

        ProcessOutput check;
        do check = await CheckAsync("--profile", "work", "--format", "json");
        while (check.ExitCode == 0);

        var status = JsonElement.Parse(check.Out).GetProperty("credentials")[0];
        Assert.Contains(
            "run: mcp-runtime login notes --scheme key --profile work",
            status.GetProperty("problem").GetString(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(provider.Secrets, secret => check.ToString().Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Account_is_asked_of_the_api_where_the_manifest_says_how()
    {
        await using var api = RecordingUpstream.Start(
            UpstreamAnswer.Json("""{"user":{"id":7,"name":"Ann \u001b[31mExample","email":"ann@example.test"}}"""),
            UpstreamAnswer.Json("""{"message":"Bad key"}""", 401)
        );
        AddAccountConnector(api.Url, "'user.{name,email}'");

        var list = await _runtime.RunAsync(["credentials", "list"], Token);
        Assert.Empty(api.Requests);
        var check = await CheckAsync();
        var refused = await CheckAsync();

        Assert.True(list.ExitCode == 0, list.ToString());
        Assert.True(check.ExitCode == 0, check.ToString());
        Assert.Contains("value of Ann", check.Out, StringComparison.Ordinal);
        Assert.Contains("Example ann@example.test from environment", check.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', check.Out);
        Assert.True(refused.ExitCode == 1, refused.ToString());
        Assert.Contains("'get_me', which tells the account, failed", refused.Out, StringComparison.Ordinal);
        Assert.Equal(["key-of-ann", "key-of-ann"], api.Requests.Select(request => request.Header("X-Key").Single()));
    }

    [Fact]
    public async Task Answer_without_the_part_that_names_the_account_fails_the_check()
    {
        await using var api = RecordingUpstream.Start(UpstreamAnswer.Json("""{"id":7}"""));
        AddAccountConnector(api.Url, "user.email");

        var check = await CheckAsync();

        Assert.True(check.ExitCode == 1, check.ToString());
        Assert.Contains("has no 'user.email'", check.Out, StringComparison.Ordinal);
    }

    private void AddConnector(ProviderProcess provider, string scopes) =>
        _runtime.AddConnector(
            "notes",
            provider.Manifest("notes").Replace("{ user: [] }", $"{{ user: [{scopes}] }}", StringComparison.Ordinal)
        );

    private void AddAccountConnector(Uri api, string select)
    {
        _runtime.AddConnector(
            "notes",
            $$"""
            connector:
              manifest_version: 2
              name: notes
              version: 1.0.0
              base_url: {{api.GetLeftPart(UriPartial.Authority)}}
              security_schemes:
                key: { type: api_key, location: header, key_name: X-Key }
              security: [ { key: [] } ]
              credentials: { account: { tool: get_me, select: {{select}} } }
              tools:
              - name: get_me
                description: Shows who calls.
                endpoint: GET /me
                arguments: {}
                input_schema: { type: object, properties: {} }
            """
        );
        _runtime.Environment["MCP_RUNTIME_CREDENTIAL__NOTES__KEY__VALUE"] = "key-of-ann";
        _runtime.Environment["MCP_RUNTIME_CREDENTIAL__NOTES__KEY__ORIGINS"] = api.ToString();
    }

    private Task<ProcessOutput> CheckAsync(params string[] options) =>
        _runtime.RunAsync(["credentials", "check", "notes", .. options], Token);

    private async Task SignInAsync(params string[] options)
    {
        using var login = await LoginProcess.WaitAsync(
            _runtime.Start(["login", "notes", "--no-browser", "--yes", .. options]),
            Token
        );
        await login.VisitAsync(Token);
        var output = await login.EndAsync(Token);
        Assert.True(output.ExitCode == 0, output.ToString());
    }

    private static string[] Texts(JsonElement status, string name) =>
        [.. status.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];
}
