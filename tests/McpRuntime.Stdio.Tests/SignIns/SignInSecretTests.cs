using System.Text;
using System.Web;
using McpRuntime.Stdio.Tests.Serving;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.SignIns;

/// <summary>
/// A sign-in from login to logout, with a provider and an API that echo what they get and fail, at the most detailed
/// log: tokens, codes, verifiers, states and the client's secret are in the requests and the store alone.
/// </summary>
public sealed class SignInSecretTests : IAsyncDisposable
{
    private const string ClientSecret = "zq-secret-of-the-registered-client";

    private readonly McpRuntimeProcess _runtime = new();
    private readonly StandInProvider _provider = new();
    private readonly RecordingUpstream _collector = RecordingUpstream.Start(UpstreamAnswer.Empty(200));
    private readonly RecordingUpstream _api;
    private readonly StringBuilder _seen = new();
    private readonly string _browser;
    private int _refusals;

    public SignInSecretTests()
    {
        _api = RecordingUpstream.Start(Answer);
        _browser = Path.Combine(_runtime.DataFolder, "browser");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _provider.DisposeAsync();
        await _collector.DisposeAsync();
        _runtime.Dispose();
    }

    [Fact]
    public async Task Secrets_of_a_sign_in_are_found_nowhere()
    {
        Configure();
        _provider.Seen = _ => LookAtProcesses();

        Assert.Equal(0, await LoginAsync());
        Assert.Equal(0, await RunAsync("call", "find_notes"));
        _refusals = 1;
        Assert.Equal(0, await RunAsync("call", "find_notes"));
        await ServeAsync();
        Assert.Equal(0, await RunAsync("credentials", "list", "--format", "json"));
        Assert.Equal(0, await RunAsync("credentials", "check"));
        _provider.Fault = request => UpstreamAnswer.Json(Echo("server_error", request), 400);
        Assert.Equal(1, await LoginAsync());
        Assert.Equal(1, await RunAsync("login", "notes", "--device-code", "--yes"));
        Assert.Equal(1, await LogoutAsync("other"));
        _provider.Fault = request => UpstreamAnswer.Json(Echo("invalid_grant", request), 400);
        _refusals = 2;
        Assert.Equal(1, await RunAsync("call", "find_notes"));
        _provider.Fault = null;
        Assert.Equal(0, await LoginAsync());
        _provider.Fault = request => UpstreamAnswer.Json(Echo("server_error", request), 500);
        Assert.Equal(0, await LogoutAsync("default"));

        await LookAtFilesAsync();
        foreach (var export in _collector.Requests)
            See(export.Text);
        Assert.Contains(_collector.Requests, request => request.Target == "/v1/traces");
        AssertNothingIsFound();
    }

    private void AssertNothingIsFound()
    {
        var seen = _seen.ToString();
        // So that the search itself is known to look where the processes were.
        Assert.Contains("zq-found-in-the-environment", seen, StringComparison.Ordinal);
        Assert.Contains("--client-secret-stdin", seen, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            var browser = File.ReadAllText(_browser);
            Assert.Contains("browser.sh http://127.0.0.1:", browser, StringComparison.Ordinal);
            Assert.DoesNotContain("MCP_RUNTIME_", browser, StringComparison.Ordinal);
        }
        var secrets = Secrets();
        Assert.All(["code_verifier", "code", "state", "nonce", "refresh_token", "access_token"], kind =>
            Assert.Contains(secrets, secret => secret.Kind == kind)
        );
        foreach (var (kind, secret) in secrets)
        {
            var at = seen.IndexOf(secret, StringComparison.Ordinal);
            Assert.True(
                at < 0,
                $"A {kind} was found: {(at < 0 ? "" : seen[Math.Max(0, at - 300)..Math.Min(seen.Length, at + 100)])}"
            );
        }
    }

    private List<(string Kind, string Secret)> Secrets()
    {
        var secrets = new List<(string Kind, string Secret)>
        {
            ("client secret", ClientSecret),
            ("client secret", Convert.ToBase64String(Encoding.UTF8.GetBytes($"my-client:{ClientSecret}"))),
            ("device code", StandInProvider.DeviceCode),
        };
        secrets.AddRange(
            _provider.Secrets.Select(secret =>
                (secret.StartsWith("access", StringComparison.Ordinal) ? "access_token" : "code or token", secret)
            )
        );
        foreach (var request in _provider.Requests)
        {
            var query = HttpUtility.ParseQueryString(request.Target.Split('?').ElementAtOrDefault(1) ?? "");
            var form = HttpUtility.ParseQueryString(request.BodyText);
            foreach (var name in (string[])["state", "nonce"])
                secrets.AddRange((query.GetValues(name) ?? []).Select(value => (name, value)));
            foreach (var name in (string[])["code", "code_verifier", "refresh_token", "token"])
                secrets.AddRange((form.GetValues(name) ?? []).Select(value => (name, value)));
        }
        return secrets;
    }

    private void Configure()
    {
        var environment = _runtime.Environment;
        environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.1/32";
        environment["MCP_RUNTIME_LOG_LEVEL"] = "trace";
        environment["MCP_RUNTIME_DEBUG"] = "true";
        environment["MCP_RUNTIME_AUDIT_FILE"] = Path.Combine(
            Directory.CreateDirectory(_runtime.DataFolder).FullName,
            "audit.jsonl"
        );
        environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = _collector.Url.ToString();
        environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        environment["OTEL_EXPORTER_OTLP_TIMEOUT"] = $"{ProcessRunner.HangGuardMilliseconds}";
        environment["ZQ_MARK"] = "zq-found-in-the-environment";
        if (!OperatingSystem.IsWindows())
            environment["BROWSER"] = Browser();
        _runtime.AddConnector(
            "notes",
            $$"""
            connector:
              manifest_version: 2
              name: notes
              version: 1.0.0
              base_url: {{_api.Url.GetLeftPart(UriPartial.Authority)}}
              security_schemes:
                user: { type: open_id_connect, url: '{{_provider.Issuer}}/.well-known/openid-configuration', client_id: my-client }
              security: [ { user: [read] } ]
              tools:
              - name: find_notes
                description: Finds notes.
                endpoint: GET /notes
                arguments: {}
                input_schema: { type: object, properties: {} }
            """
        );
    }

    // What a browser is started with is in the list of processes for as long as it runs.
    private string Browser()
    {
        var file = Path.Combine(_runtime.DataFolder, "browser.sh");
        File.WriteAllText(
            file,
            $"#!/bin/sh\n(echo \"$0 $@\"; env) > '{_browser}.new' && mv '{_browser}.new' '{_browser}'\n"
        );
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    private UpstreamAnswer Answer(RecordedRequest request)
    {
        LookAtProcesses();
        return Interlocked.Decrement(ref _refusals) >= 0
            ? UpstreamAnswer.Json(Echo("invalid_token", request), 401)
            : UpstreamAnswer.Json(Echo("none", request));
    }

    private static string Echo(string error, RecordedRequest request) =>
        System.Text.Json.JsonSerializer.Serialize(new { error, error_description = request.Text });

    // All of them that belong to this test, also those that live for a moment only.
    private void LookAtProcesses()
    {
        if (!OperatingSystem.IsLinux())
            return;
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(IsProcess))
        {
            try
            {
                var environment = File.ReadAllText(Path.Combine(process, "environ"));
                if (!environment.Contains(_runtime.DataFolder, StringComparison.Ordinal))
                    continue;
                See(File.ReadAllText(Path.Combine(process, "cmdline")) + environment);
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It has ended, or is not of this user.
            }
        }
    }

    private static bool IsProcess(string folder) => Path.GetFileName(folder).All(char.IsAsciiDigit);

    private async Task LookAtFilesAsync()
    {
        var store = Path.Combine(_runtime.DataFolder, "secrets");
        foreach (
            var folder in new[] { _runtime.DataFolder, _runtime.CacheFolder, _runtime.ConnectorsFolder }.Where(
                Directory.Exists
            )
        )
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            if (Path.GetDirectoryName(file) != store)
                See(file + await File.ReadAllTextAsync(file, Encoding.Latin1, Token));
        }
    }

    private async Task<int> LoginAsync()
    {
        // So that the browser of this sign-in is waited for, which writes it.
        File.Delete(_browser);
        using var process = _runtime.Start("login", "notes", "--yes", "--client-secret-stdin");
        await process.StandardInput.WriteLineAsync(ClientSecret);
        process.StandardInput.Close();
        using var login = await LoginProcess.WaitAsync(process, Token);
        LookAtProcesses();
        while (!OperatingSystem.IsWindows() && !File.Exists(_browser))
            await Task.Delay(20, Token);
        See(await login.VisitAsync(Token));
        var output = await login.EndAsync(Token);
        See(output);
        await LookAtFilesAsync();
        return output.ExitCode;
    }

    private Task<int> LogoutAsync(string profile) => RunAsync("logout", "notes", "--profile", profile);

    private async Task ServeAsync()
    {
        await using var session = new ServeSession(_runtime);
        See(await session.InitializeAsync());
        _refusals = 1;
        for (var call = 1; call <= 2; call++)
            See(
                await session.AskAsync(
                    $$$"""{"jsonrpc":"2.0","id":{{{call}}},"method":"tools/call","params":{"name":"find_notes","arguments":{} } }"""
                )
            );
        var (_, rest) = await session.EndAsync();
        See(rest + await session.ErrorAsync());
    }

    private async Task<int> RunAsync(params string[] arguments)
    {
        var output = await _runtime.RunAsync(arguments, Token);
        See(output);
        return output.ExitCode;
    }

    // The servers of the test look at processes while its commands run.
    private void See(object? shown)
    {
        lock (_seen)
            _seen.Append(shown);
    }
}
