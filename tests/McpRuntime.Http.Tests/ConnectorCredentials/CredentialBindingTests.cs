using McpRuntime.Testing;
using static McpRuntime.Http.Tests.ConnectorCredentials.CredentialGateway;

namespace McpRuntime.Http.Tests.ConnectorCredentials;

/// <summary>
/// Whatever a changed manifest asks for beyond what was confirmed, the credential stays here until someone who may
/// confirms it.
/// </summary>
public class CredentialBindingTests
{
    private const string OtherServer = """

          - name: list_items
            server: ELSEWHERE
        """;

    public static TheoryData<string, string, string> Changes =>
        new()
        {
            { "another server", "base_url: API", "base_url: ELSEWHERE" },
            { "another path of the server", "base_url: API", "base_url: API/of/another/tenant" },
            { "a tool at another server", "\n  - name: list_items", OtherServer },
            {
                "a variable of the server",
                "base_url: API",
                "base_url: 'http://{where}'\n  server_variables: { where: { default: 'AUTHORITY' } }"
            },
            { "the key in the URL", "location: header", "location: query" },
            { "the key in another header", "key_name: X-Key", "key_name: X-Forwarded-Key" },
        };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_changed_manifest_gets_nothing_until_it_is_confirmed(string what, string before, string after)
    {
        await using var gateway = await CredentialGateway.StartAsync();
        await gateway.InstallAsync();
        await gateway.SetAsync();
        var changed = Manifest(gateway.Api.Url).Replace(Filled(before), Filled(after), StringComparison.Ordinal);
        await ReplaceAsync(gateway.Admin, "p", changed);

        var (isError, text) = await gateway.CallAsync();
        var state = await gateway.StateAsync();
        await gateway.Admin.SendAsync("POST", CredentialGateway.Path(action: "/test"), status: 409);

        Assert.True(isError, what);
        Assert.Contains("needs confirmation; nothing was sent", text);
        Assert.Contains("POST " + CredentialGateway.Path(action: "/confirm"), text);
        Assert.Equal("needs confirmation", state.Text("state"));
        Assert.Empty(gateway.Api.Requests);
        Assert.Empty(gateway.Elsewhere.Requests);

        var origins = state.GetProperty("origins").GetProperty("now").GetRawText();
        var confirmed = await gateway.Admin.SendAsync(
            "POST",
            CredentialGateway.Path(action: "/confirm"),
            $$"""{"origins":{{origins}}}""",
            ifMatch: state.Text("etag")
        );
        Assert.Equal(
            ("set", origins),
            (confirmed.Text("state"), confirmed.GetProperty("origins").GetProperty("bound").GetRawText())
        );
        Assert.False((await gateway.CallAsync()).IsError);
        Assert.Equal(
            state.GetProperty("urls").GetProperty("now").GetRawText()
                != state.GetProperty("urls").GetProperty("bound").GetRawText(),
            (await Audit.OfAsync(gateway.Admin, "credential.confirm", "ok")).Detail.Contains(
                "urls",
                StringComparison.Ordinal
            )
        );

        string Filled(string part) =>
            part.Replace("API", gateway.Origin, StringComparison.Ordinal)
                .Replace("AUTHORITY", gateway.Elsewhere.Url.Authority, StringComparison.Ordinal)
                .Replace("ELSEWHERE", gateway.Other, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_endpoint_elsewhere_gets_no_client_secret()
    {
        await using var gateway = await CredentialGateway.StartAsync();
        string OAuth(string token) =>
            Manifest(gateway.Api.Url)
                .Replace(
                    "type: api_key, location: header, key_name: X-Key",
                    $"type: oauth2, flows: [client_credentials], token_url: '{token}/token'",
                    StringComparison.Ordinal
                );
        await gateway.InstallAsync(manifest: OAuth(gateway.Origin));
        await gateway.Admin.SendAsync(
            "PUT",
            CredentialGateway.Path(),
            $$"""{"fields":{"client_id":"c","client_secret":"{{Value}}"},"origins":["{{gateway.Origin}}"]}""",
            ifMatch: "*"
        );
        await gateway.CallAsync();
        Assert.Contains(Value, string.Concat(gateway.Api.Requests.Select(request => request.Text + Decoded(request))));

        await ReplaceAsync(gateway.Admin, "p", OAuth(gateway.Other));
        var (_, text) = await gateway.CallAsync();

        Assert.Contains(gateway.Other + "/token", text);
        Assert.Empty(gateway.Elsewhere.Requests);
    }

    [Fact]
    public async Task What_is_shown_may_have_changed_before_it_is_confirmed()
    {
        await using var gateway = await CredentialGateway.StartAsync();
        await gateway.InstallAsync();
        var shown = await gateway.StateAsync();
        await ReplaceAsync(gateway.Admin, "p", Manifest(new Uri(gateway.Origin + "/other/path")));

        // The origin is the same: only the tag knows.
        await gateway.Admin.SendAsync(
            "PUT",
            CredentialGateway.Path(),
            $$"""{"fields":{"value":"{{Value}}"},"origins":["{{gateway.Origin}}"]}""",
            412,
            shown.Text("etag")
        );
        await ReplaceAsync(gateway.Admin, "p", Manifest(gateway.Elsewhere.Url));
        await gateway.SetAsync(status: 422);
        await gateway.SetAsync(origin: gateway.Other);
        await ReplaceAsync(gateway.Admin, "p", Manifest(gateway.Api.Url));
        var refused = await gateway.Admin.SendAsync(
            "POST",
            CredentialGateway.Path(action: "/confirm"),
            $$"""{"origins":["{{gateway.Other}}"]}""",
            422,
            "*"
        );
        Assert.Contains(gateway.Origin, refused.Text("detail"));
        Assert.Empty(gateway.Api.Requests);
        Assert.Empty(gateway.Elsewhere.Requests);
    }

    [Fact]
    public async Task An_older_manifest_that_is_brought_back_is_another_one()
    {
        await using var gateway = await CredentialGateway.StartAsync();
        await gateway.InstallAsync(manifest: Manifest(gateway.Elsewhere.Url));
        await ReplaceAsync(gateway.Admin, "p", Manifest(gateway.Api.Url));
        await gateway.SetAsync();
        await gateway.Admin.SendAsync("POST", "/v1/projects/p/connectors/shop/history/1/restore", ifMatch: "*");

        Assert.Contains("needs confirmation", (await gateway.CallAsync()).Text);
        Assert.Empty(gateway.Elsewhere.Requests);

        await gateway.Admin.SendAsync("POST", "/v1/projects/p/connectors/shop/history/2/restore", ifMatch: "*");
        Assert.False((await gateway.CallAsync()).IsError);
        Assert.Equal([Value], gateway.Keys);
    }

    [Fact]
    public async Task A_file_of_the_folder_that_changes_gets_nothing_either()
    {
        await using var gateway = await CredentialGateway.StartAsync();
        await gateway.SetAsync(null);
        gateway.Home.Write("connectors/shop.yaml", Manifest(gateway.Elsewhere.Url));
        await gateway.Admin.SendAsync("POST", "/v1/runtime/reload");

        Assert.Contains("needs confirmation", (await gateway.CallAsync(null)).Text);
        Assert.Equal("needs confirmation", (await gateway.StateAsync(null)).Text("state"));
        Assert.Empty(gateway.Elsewhere.Requests);
    }

    [Fact]
    public async Task A_redirect_of_the_api_is_not_followed()
    {
        await using var gateway = await CredentialGateway.StartAsync();
        await using var api = RecordingUpstream.Start(
            (_, connection, cancelled) =>
                connection.SendAsync(UpstreamAnswer.Redirect(gateway.Other + "/items", 307), cancelled)
        );
        await gateway.InstallAsync(manifest: Manifest(api.Url));
        await gateway.SetAsync(origin: api.Url.GetLeftPart(UriPartial.Authority));

        await gateway.CallAsync();
        var tested = await gateway.Admin.SendAsync("POST", CredentialGateway.Path(action: "/test"));

        Assert.Equal("307", tested.Text("status"));
        Assert.Equal(2, api.Requests.Count);
        Assert.Empty(gateway.Elsewhere.Requests);
    }

    private static string Decoded(RecordedRequest request) =>
        string.Concat(
            request
                .Header("Authorization")
                .Where(value => value.StartsWith("Basic ", StringComparison.Ordinal))
                .Select(value => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(value[6..])))
        );
}
