using System.Net;
using System.Web;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands;

/// <summary>
/// Providers, pages and programs that want the code or the tokens of a sign-in, against the built program.
/// </summary>
public sealed class SignInAttackTests : IAsyncLifetime
{
    private readonly McpRuntimeProcess _runtime = new();
    private readonly StandInProvider _provider = new();
    private readonly StandInProvider _other = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.1/32";
        _runtime.Environment["MCP_RUNTIME_CREDENTIAL_STORE"] = "file";
        AddConnector(_provider.Issuer);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _runtime.Dispose();
        await _provider.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task Replayed_answer_is_not_found_and_redeems_nothing()
    {
        var gate = new TaskCompletionSource();
        _provider.TokenGate = gate.Task;
        using var login = await StartAsync("--yes");
        var callback = await AnswerOfProviderAsync(login.Url);

        // A page cannot make this program lead the browser elsewhere.
        var (first, next) = await GetAsync(new Uri($"{callback}&redirect_uri=https%3A%2F%2Fevil.test%2F"));
        var (again, _) = await GetAsync(callback);
        var (start, _) = await GetAsync(login.Url);
        gate.SetResult();
        var output = await login.EndAsync(Token);

        Assert.Equal(HttpStatusCode.Found, first);
        Assert.Equal("/done", next!.OriginalString);
        Assert.Equal(HttpStatusCode.NotFound, again);
        Assert.Equal(HttpStatusCode.NotFound, start);
        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.Single(_provider.Requests, request => request.Target == "/token");
    }

    // RFC 9207 section 2: the attacker's provider sends the browser on to the honest one, and hopes that the honest
    // one's code is then redeemed at its own token endpoint.
    [Fact]
    public async Task Code_of_another_provider_is_not_given_to_the_one_that_was_asked()
    {
        _provider.ResponseIssuer = _provider.Issuer;
        _other.ResponseIssuer = _other.Issuer;
        AddConnector(_other.Issuer);
        using var login = await StartAsync("--yes");
        var (_, attacker) = await GetAsync(login.Url);
        var callback = await AnswerOfAsync(new Uri($"{_provider.Issuer}/authorize{attacker!.Query}"));
        await GetAsync(callback);

        var output = await login.EndAsync(Token);

        Assert.True(output.ExitCode == 1, output.ToString());
        Assert.Contains(_provider.Issuer, output.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(_other.Requests, request => request.Target == "/token");
        AssertNothingIsStored();
    }

    [Fact]
    public async Task Token_endpoint_of_another_server_is_shown_before_anything_is_sent()
    {
        _provider.MetadataTokenUrl = $"{_other.Issuer}/token";

        var output = await _runtime.RunAsync(["login", "notes", "--client-id", "my-client", "--no-browser"], Token);

        Assert.True(output.ExitCode == 1, output.ToString());
        Assert.Contains(_provider.Issuer, output.Error, StringComparison.Ordinal);
        Assert.Contains(_other.Issuer, output.Error, StringComparison.Ordinal);
        Assert.Single(_provider.Requests);
        Assert.Empty(_other.Requests);
    }

    [Fact]
    public async Task Metadata_of_another_issuer_are_not_used()
    {
        _provider.MetadataIssuer = _other.Issuer;

        var output = await _runtime.RunAsync(
            ["login", "notes", "--client-id", "my-client", "--no-browser", "--yes"],
            Token
        );

        Assert.True(output.ExitCode == 1, output.ToString());
        Assert.Contains("another issuer", output.Error, StringComparison.Ordinal);
        Assert.Empty(_other.Requests);
    }

    [Fact]
    public async Task Redirect_of_the_token_endpoint_is_not_followed()
    {
        _provider.Token = _ => UpstreamAnswer.Redirect($"{_other.Issuer}/token", 307);
        using var login = await StartAsync("--yes");
        await login.VisitAsync(Token);

        var output = await login.EndAsync(Token);

        Assert.True(output.ExitCode == 1, output.ToString());
        Assert.Contains("HTTP 307", output.Error, StringComparison.Ordinal);
        Assert.Empty(_other.Requests);
        AssertNothingIsStored();
    }

    // A provider with an open redirect: the code is gone, and without the verifier it is of no use.
    [Fact]
    public async Task Code_that_goes_astray_cannot_be_redeemed_without_this_program()
    {
        _provider.Redirect = url => $"{_other.Issuer}/callback{new Uri(url).Query}";
        using var login = await StartAsync("--yes");
        var stolen = await AnswerOfProviderAsync(login.Url);
        Assert.Equal(new Uri(_other.Issuer).Authority, stolen.Authority);
        var code = HttpUtility.ParseQueryString(stolen.Query)["code"]!;
        using var attacker = new HttpClient();
        using var form = new FormUrlEncodedContent([
            new("grant_type", "authorization_code"),
            new("code", code),
            new("client_id", "my-client"),
            new("redirect_uri", $"http://127.0.0.1:{login.Url.Port}/callback"),
        ]);

        using var answer = await attacker.PostAsync(new Uri($"{_provider.Issuer}/token"), form, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        login.Process.Kill();
        await login.EndAsync(Token);
        Assert.Empty(_other.Requests);
        AssertNothingIsStored();
    }

    private void AddConnector(string issuer) =>
        _runtime.AddConnector(
            "notes",
            Documents
                .Manifest("notes", "https://notes.example")
                .Replace(
                    "key: { type: api_key, location: header, key_name: X-Key }",
                    $"key: {{ type: open_id_connect, url: '{issuer}/.well-known/openid-configuration' }}",
                    StringComparison.Ordinal
                )
        );

    private Task<LoginProcess> StartAsync(params string[] options) =>
        LoginProcess.WaitAsync(
            _runtime.Start(["login", "notes", "--no-browser", "--client-id", "my-client", .. options]),
            Token
        );

    private static async Task<Uri> AnswerOfProviderAsync(Uri start)
    {
        var (_, authorize) = await GetAsync(start);
        return await AnswerOfAsync(authorize!);
    }

    private static async Task<Uri> AnswerOfAsync(Uri authorize)
    {
        var (_, callback) = await GetAsync(authorize);
        return callback!;
    }

    private static async Task<(HttpStatusCode Status, Uri? Location)> GetAsync(Uri url)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var browser = new HttpClient(handler);
        using var answer = await browser.GetAsync(url, Token);
        return (answer.StatusCode, answer.Headers.Location);
    }

    private void AssertNothingIsStored() =>
        Assert.False(File.Exists(Path.Combine(_runtime.DataFolder, "console-credentials.json")));
}
