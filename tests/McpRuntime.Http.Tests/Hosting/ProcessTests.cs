using System.Text.Json;
using McpRuntime.Credentials;
using McpRuntime.Http.Audit;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.Storage;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Hosting;

/// <summary>The executable as a user, a service manager and a parent process start it.</summary>
public class ProcessTests
{
    private static readonly string Executable = Path.Combine(
        AppContext.BaseDirectory,
        OperatingSystem.IsWindows() ? "mcp-runtime-http.exe" : "mcp-runtime-http"
    );

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_parent_gets_the_URL_and_a_token_and_stops_it_by_closing_its_input()
    {
        using var home = new TemporaryFolder();
        using var process = ProcessRunner.Start(Executable, ["--parent", "--port", "0"], Variables(home), home.Path);
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        guard.CancelAfter(ProcessRunner.HangGuard);
        var errors = process.StandardError.ReadToEndAsync(guard.Token);
        var greeting = JsonElement.Parse((await process.StandardOutput.ReadLineAsync(guard.Token))!);
        using var client = new HttpClient { BaseAddress = new Uri(greeting.Text("url")) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", greeting.Text("token"));

        Assert.Equal("False", (await client.SendAsync("GET", "/v1/runtime")).Text("draining"));
        process.StandardInput.Close();
        await process.WaitForExitAsync(guard.Token);

        Assert.Equal(0, process.ExitCode);
        Assert.DoesNotContain(greeting.Text("token"), await errors);
        Assert.False(File.Exists(home.PathOf("data", "gateway", "admin-token")));
    }

    [Fact]
    public async Task A_parent_is_asked_for_a_credential_on_one_line_and_answers_on_one()
    {
        const string Secret = "s3cret-of-the-parent";
        using var home = new TemporaryFolder();
        await using var upstream = Manifests.Upstream();
        home.Write(
            "connectors/shop.yaml",
            Manifests.Shop(upstream.Url)
                + "\n  security_schemes: { key: { type: api_key, location: header, key_name: X-Key } }\n  security: [ { key: [] } ]\n"
        );
        var records = new SecretRecordStore(home.PathOf("data"));
        await records.SetAsync(
            new CredentialKey("shop", "key"),
            now => new SecretRecord("Mine", "name", false, [CredentialField.Value], now),
            Cancelled
        );
        var variables = Variables(home);
        variables["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.0/8";
        using var process = ProcessRunner.Start(Executable, ["--parent", "--port", "0"], variables, home.Path);
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        guard.CancelAfter(ProcessRunner.HangGuard);
        var errors = process.StandardError.ReadToEndAsync(guard.Token);
        var greeting = JsonElement.Parse((await process.StandardOutput.ReadLineAsync(guard.Token))!);
        using var client = new HttpClient { BaseAddress = new Uri(greeting.Text("url")) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", greeting.Text("token"));

        var call = client.SendAsync("POST", "/v1/tools/get_item", """{"id":7}""");
        var question = JsonElement
            .Parse((await process.StandardOutput.ReadLineAsync(guard.Token))!)
            .GetProperty("credential");
        Assert.Equal(("shop", "key"), (question.Text("connector"), question.Text("scheme")));
        await process.StandardInput.WriteLineAsync(
            $$$"""{"id":{{{question.Text("id")}}},"origins":["{{{upstream.Url}}}"],"fields":{"value":"{{{Secret}}}"}}""".AsMemory(),
            guard.Token
        );
        await process.StandardInput.FlushAsync(guard.Token);
        await call;
        await client.SendAsync("POST", "/v1/tools/get_item", """{"id":8}""");
        process.StandardInput.Close();
        await process.WaitForExitAsync(guard.Token);

        Assert.All(upstream.Requests, request => Assert.Equal([Secret], request.Header("X-Key")));
        Assert.Equal(2, upstream.Requests.Count);
        Assert.DoesNotContain(Secret, await errors);
        Assert.DoesNotContain(Secret, await process.StandardOutput.ReadToEndAsync(guard.Token));
    }

    [Fact]
    public async Task Tokens_are_made_listed_and_revoked_on_the_command_line()
    {
        using var home = new TemporaryFolder();

        var made = await RunAsync(home, "token", "create", "--name", "ci", "--role", "reader", "--days", "3");
        var id = Http.Tokens.TokenSecret.IdOf(made.Out.Trim())!;
        var listed = await RunAsync(home, "token", "list");
        var revoked = await RunAsync(home, "token", "revoke", id);
        var after = await RunAsync(home, "token", "list");
        var again = await RunAsync(home, "token", "revoke", id);

        Assert.Equal((0, 0, 1), (made.ExitCode, revoked.ExitCode, again.ExitCode));
        Assert.StartsWith($"{id}  valid until ", listed.Out);
        Assert.EndsWith("  reader  ci", listed.Out.Trim());
        Assert.DoesNotContain(made.Out.Trim(), listed.Out);
        Assert.StartsWith($"{id}  revoked", after.Out);
        await using var database = Database.Open(
            new DatabaseTarget.Sqlite(home.PathOf("data", "gateway", "gateway.db"))
        );
        var noted = (await new AuditStore(database).ReadAsync(long.MaxValue, 10, AuditFilter.Everything, Cancelled))
            .Select(found => found.Entry)
            .ToList();
        Assert.Equal([("token.revoke", id), ("token.create", id)], noted.Select(entry => (entry.Action, entry.Target)));
        Assert.All(noted, entry => Assert.Equal($"cli:{Environment.UserName}", entry.Caller));
        Assert.StartsWith("name 'ci'; roles reader; expires ", noted[0].Detail);
    }

    [Fact]
    public async Task A_token_is_limited_to_projects_on_the_command_line()
    {
        using var home = new TemporaryFolder();

        var limited = await RunAsync(
            home,
            "token",
            "create",
            "--name",
            "team",
            "--role",
            "reader",
            "--project",
            "team-a",
            "team-b*"
        );
        var wrong = await RunAsync(
            home,
            "token",
            "create",
            "--name",
            "team",
            "--role",
            "reader",
            "--project",
            "Team A"
        );

        Assert.Contains("(reader in team-a team-b*)", limited.Error);
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("'Team A' is not a pattern of projects", wrong.Error);
    }

    [Fact]
    public async Task Where_a_token_exists_a_start_makes_none()
    {
        using var home = new TemporaryFolder();
        await RunAsync(home, "token", "create", "--name", "first", "--role", "admin");
        await using var gateway = await RunningGateway.StartAsync(home: home);

        Assert.False(File.Exists(home.PathOf("data", "gateway", "admin-token")));
    }

    [Fact]
    public async Task The_health_command_tells_whether_a_gateway_lives()
    {
        using var home = new TemporaryFolder();
        // One that no other gateway takes when this one is gone.
        var port = $"{FreePort.Take()}";
        await using var gateway = await RunningGateway.StartAsync([("PORT", port)], home);
        var variables = Variables(home);
        variables["MCP_RUNTIME_PORT"] = port;
        var alive = await ProcessRunner.RunAsync(Executable, ["health"], variables, cancellationToken: Cancelled);
        await gateway.StopAsync();
        var dead = await ProcessRunner.RunAsync(Executable, ["health"], variables, cancellationToken: Cancelled);

        Assert.Equal((0, 1), (alive.ExitCode, dead.ExitCode));
        Assert.Contains("does not answer", dead.Error);
    }

    [Theory]
    [InlineData(2, "--port 0 to 65535", "--port", "70000")]
    [InlineData(2, "HOST", "--host", "nowhere.example")]
    [InlineData(2, "open-loopback HOST", "--open-loopback", "--host", "0.0.0.0")]
    [InlineData(2, "--open-loopback cannot be combined", "--open-loopback", "--parent", "--port", "0")]
    [InlineData(2, "--role", "token", "create", "--name", "x")]
    [InlineData(1, "There is no role 'root'", "token", "create", "--name", "x", "--role", "root")]
    public async Task A_wrong_command_says_what_is_wrong(int code, string said, params string[] arguments)
    {
        using var home = new TemporaryFolder();

        var run = await RunAsync(home, arguments);

        Assert.Equal(code, run.ExitCode);
        foreach (var word in said.Split(' '))
            Assert.Contains(word, run.Error);
    }

    [Fact]
    public async Task A_settings_file_in_the_working_directory_changes_nothing()
    {
        using var home = new TemporaryFolder();
        home.Write(
            "appsettings.json",
            """{"Kestrel":{"Endpoints":{"evil":{"Url":"http://0.0.0.0:0"}}},"urls":"http://0.0.0.0:0"}"""
        );
        var variables = Variables(home);
        variables["ASPNETCORE_URLS"] = "http://0.0.0.0:0";
        using var process = ProcessRunner.Start(Executable, ["--parent", "--port", "0"], variables, home.Path);
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        guard.CancelAfter(ProcessRunner.HangGuard);

        var greeting = await process.StandardOutput.ReadLineAsync(guard.Token);
        process.StandardInput.Close();
        await process.WaitForExitAsync(guard.Token);

        Assert.Contains("http://127.0.0.1:", greeting);
    }

    [Fact]
    public async Task A_working_directory_that_is_gone_does_not_matter()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A directory in use cannot be removed on Windows.");
        using var home = new TemporaryFolder();
        var gone = Directory.CreateDirectory(home.PathOf("gone")).FullName;
        using var process = ProcessRunner.Start(
            "/bin/sh",
            ["-c", "rmdir \"$PWD\"; exec \"$0\" --parent --port 0", Executable],
            Variables(home),
            gone
        );
        using var guard = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        guard.CancelAfter(ProcessRunner.HangGuard);

        var greeting = await process.StandardOutput.ReadLineAsync(guard.Token);
        process.StandardInput.Close();
        await process.WaitForExitAsync(guard.Token);

        Assert.Contains("http://127.0.0.1:", greeting);
    }

    private static Task<ProcessOutput> RunAsync(TemporaryFolder home, params string[] arguments) =>
        ProcessRunner.RunAsync(
            Executable,
            arguments,
            Variables(home),
            workingDirectory: home.Path,
            cancellationToken: Cancelled
        );

    private static Dictionary<string, string?> Variables(TemporaryFolder home) =>
        new()
        {
            ["MCP_RUNTIME_DATA_DIR"] = home.PathOf("data"),
            ["MCP_RUNTIME_CACHE_DIR"] = home.PathOf("cache"),
            ["MCP_RUNTIME_CONNECTORS_DIR"] = home.PathOf("connectors"),
        };
}
