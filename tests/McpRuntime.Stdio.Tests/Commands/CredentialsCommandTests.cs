using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands;

/// <summary><c>credentials list</c> and <c>credentials check</c>.</summary>
public sealed class CredentialsCommandTests : IDisposable
{
    private const string Secret = "s3cret-of-this-test";

    private readonly McpRuntimeProcess _runtime = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public async Task Missing_credential_is_listed_with_the_way_to_set_it_and_fails_a_check()
    {
        _runtime.AddConnector("notes", Documents.Manifest("notes", "https://notes.example"));

        var list = await _runtime.RunAsync(["credentials", "list"], Token);
        var check = await _runtime.RunAsync(["credentials", "check", "notes"], Token);

        Assert.True(list.ExitCode == 0, list.ToString());
        Assert.Contains("key (api_key in header 'X-Key'): Nothing is set", list.Out, StringComparison.Ordinal);
        Assert.Contains("MCP_RUNTIME_CREDENTIAL__NOTES__KEY__VALUE", list.Out, StringComparison.Ordinal);
        Assert.True(check.ExitCode == 1, check.ToString());
    }

    [Fact]
    public async Task Credential_is_shown_with_source_and_origins_and_without_its_value()
    {
        _runtime.AddConnector("notes", Documents.Manifest("notes", "https://notes.example"));
        _runtime.Environment["MCP_RUNTIME_CREDENTIAL__NOTES__KEY__VALUE"] = Secret;
        var unbound = await _runtime.RunAsync(["credentials", "check"], Token);
        _runtime.Environment["MCP_RUNTIME_CREDENTIAL__NOTES__KEY__ORIGINS"] = "https://notes.example";

        var text = await _runtime.RunAsync(["credentials", "check"], Token);
        var json = await _runtime.RunAsync(["credentials", "list", "--format", "json"], Token);

        Assert.True(unbound.ExitCode == 1, unbound.ToString());
        Assert.Contains("not approved for https://notes.example", unbound.Out, StringComparison.Ordinal);
        Assert.True(text.ExitCode == 0, text.ToString());
        Assert.Contains("value from environment, for https://notes.example.", text.Out, StringComparison.Ordinal);
        var status = JsonElement.Parse(json.Out).GetProperty("credentials")[0];
        Assert.Equal("environment", status.GetProperty("source").GetString());
        Assert.Equal("value", status.GetProperty("fields")[0].GetString());
        Assert.Equal(JsonValueKind.Null, status.GetProperty("problem").ValueKind);
        Assert.DoesNotContain(Secret, $"{unbound}{text}{json}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_asks_the_token_endpoint_and_a_list_does_not()
    {
        await using var tokens = RecordingUpstream.Start(
            UpstreamAnswer.Json("""{"access_token":"t"}"""),
            UpstreamAnswer.Json("""{"error":"invalid_client"}""", 401)
        );
        var scheme = $"key: {{ type: oauth2, flows: [client_credentials], token_url: '{tokens.Url}token' }}";
        _runtime.AddConnector(
            "notes",
            Documents
                .Manifest("notes", tokens.Url.GetLeftPart(UriPartial.Authority))
                .Replace("key: { type: api_key, location: header, key_name: X-Key }", scheme, StringComparison.Ordinal)
        );
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.1/32";
        _runtime.Environment["MCP_RUNTIME_CREDENTIAL__NOTES__KEY__CLIENT_ID"] = "notes-reader";
        _runtime.Environment["MCP_RUNTIME_CREDENTIAL__NOTES__KEY__CLIENT_SECRET"] = Secret;
        _runtime.Environment["MCP_RUNTIME_CREDENTIAL__NOTES__KEY__ORIGINS"] = tokens.Url.ToString();

        var list = await _runtime.RunAsync(["credentials", "list"], Token);
        Assert.Empty(tokens.Requests);
        var good = await _runtime.RunAsync(["credentials", "check"], Token);
        var refused = await _runtime.RunAsync(["credentials", "check"], Token);

        Assert.Contains("client_id and client_secret from environment", list.Out, StringComparison.Ordinal);
        Assert.True(good.ExitCode == 0, good.ToString());
        Assert.Contains("accepted by its token endpoint", good.Out, StringComparison.Ordinal);
        Assert.True(refused.ExitCode == 1, refused.ToString());
        Assert.Contains("invalid_client", refused.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, $"{list}{good}{refused}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_connector_is_named()
    {
        var output = await _runtime.RunAsync(["credentials", "list", "nots"], Token);

        Assert.True(output.ExitCode == 1, output.ToString());
        Assert.Contains("'nots'", output.Error, StringComparison.Ordinal);
    }
}
