using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Web;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands;

/// <summary><c>login</c> and <c>logout</c> as processes, with a stand-in provider.</summary>
public sealed class LoginTests : IAsyncLifetime
{
    private const string ClientSecret = "secret-of-the-registered-client";

    private readonly McpRuntimeProcess _runtime = new();
    private readonly StandInProvider _provider = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.1/32";
        _runtime.Environment["MCP_RUNTIME_CREDENTIAL_STORE"] = "file";
        _runtime.AddConnector(
            "notes",
            Documents
                .Manifest("notes", "https://notes.example")
                .Replace(
                    "key: { type: api_key, location: header, key_name: X-Key }",
                    $"key: {{ type: open_id_connect, url: '{_provider.Issuer}/.well-known/openid-configuration' }}",
                    StringComparison.Ordinal
                )
        );
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _runtime.Dispose();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Login_is_remembered_and_logout_revokes_and_forgets()
    {
        var first = await SignInAsync("--client-id", "my-client", "--yes");
        Assert.True(first.ExitCode == 0, first.ToString());
        Assert.Contains("Signed in to 'notes' as ann@example.test", first.Out, StringComparison.Ordinal);
        var again = await SignInAsync();
        Assert.True(again.ExitCode == 0, again.ToString());

        var logout = await _runtime.RunAsync(["logout", "notes"], Token);
        var twice = await _runtime.RunAsync(["logout", "notes"], Token);

        Assert.True(logout.ExitCode == 0, logout.ToString());
        Assert.Contains("revoked at the provider", logout.Out, StringComparison.Ordinal);
        Assert.Single(_provider.Requests, request => request.Target == "/revoke");
        Assert.True(twice.ExitCode == 1, twice.ToString());
        AssertNoSecret($"{first}{again}{logout}{twice}");
        AssertNoSecretIn(_runtime.DataFolder);
    }

    // The keyring of a desktop is not there in an SSH session; what is in files is.
    [Fact]
    public async Task Sign_in_in_files_ends_where_the_keyring_that_is_chosen_now_does_not_open()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have their store in every session.");
        var login = await SignInAsync("--client-id", "my-client", "--yes");
        _runtime.Environment["MCP_RUNTIME_CREDENTIAL_STORE"] = "keyring";
        _runtime.Environment["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nowhere";

        var check = await _runtime.RunAsync(["credentials", "check"], Token);
        var logout = await _runtime.RunAsync(["logout", "notes"], Token);

        Assert.True(login.ExitCode == 0, login.ToString());
        Assert.True(check.ExitCode == 0, check.ToString());
        Assert.True(logout.ExitCode == 0, logout.ToString());
        Assert.Contains("revoked at the provider", logout.Out, StringComparison.Ordinal);
        AssertNoSecretIn(_runtime.DataFolder);
    }

    [Fact]
    public async Task Profiles_are_kept_apart()
    {
        var work = await SignInAsync("--client-id", "my-client", "--yes", "--profile", "work");

        var logout = await _runtime.RunAsync(["logout", "notes"], Token);
        var logoutWork = await _runtime.RunAsync(["logout", "notes", "--profile", "work"], Token);

        Assert.True(work.ExitCode == 0, work.ToString());
        Assert.Contains("profile 'work'", work.Out, StringComparison.Ordinal);
        Assert.True(logout.ExitCode == 1, logout.ToString());
        Assert.True(logoutWork.ExitCode == 0, logoutWork.ToString());
    }

    [Fact]
    public async Task Secrets_are_in_no_argument_output_or_file_outside_the_store()
    {
        var process = _runtime.Start([
            "login",
            "notes",
            "--no-browser",
            "--client-id",
            "my-client",
            "--yes",
            "--client-secret-stdin",
        ]);
        await process.StandardInput.WriteLineAsync(ClientSecret);
        process.StandardInput.Close();
        using var login = await LoginProcess.WaitAsync(process, Token);
        Assert.DoesNotContain("state", login.Url.ToString(), StringComparison.Ordinal);
        if (OperatingSystem.IsLinux())
            AssertNoSecret(await File.ReadAllTextAsync($"/proc/{process.Id}/cmdline", Token));
        var page = await login.VisitAsync(Token);
        Assert.Empty(page.Query);
        var ended = await login.EndAsync(Token);
        var output = ended.ToString();

        Assert.True(ended.ExitCode == 0, output);
        var authorize = _provider.Requests.Single(request =>
            request.Target.StartsWith("/authorize", StringComparison.Ordinal)
        );
        var state = HttpUtility.ParseQueryString(authorize.Target.Split('?')[1])["state"]!;
        Assert.DoesNotContain(state, output, StringComparison.Ordinal);
        AssertNoSecret(output);
        AssertNoSecretIn(_runtime.DataFolder, except: "secrets");
    }

    [Fact]
    public async Task Browser_gets_the_one_time_url_as_one_argument()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows opens the user's browser.");
        using var folder = new TemporaryFolder();
        var seen = folder.PathOf("seen");
        var browser = folder.Write(
            "browser",
            $"#!/bin/sh\nprintf '%s:%s' \"$#\" \"$1\" > '{seen}.new'\nmv '{seen}.new' '{seen}'\n"
        );
        await ProcessRunner.RunAsync("chmod", ["700", browser], cancellationToken: Token);
        _runtime.Environment["BROWSER"] = browser;
        var process = _runtime.Start("login", "notes", "--client-id", "my-client", "--yes");
        using var login = await LoginProcess.WaitAsync(process, Token);
        while (!File.Exists(seen))
            await Task.Delay(20, Token);

        Assert.Equal($"1:{login.Url}", await File.ReadAllTextAsync(seen, Token));
        await login.VisitAsync(Token);
        Assert.Equal(0, (await login.EndAsync(Token)).ExitCode);
    }

    [Fact]
    public async Task Interrupt_ends_a_login_that_waits_and_frees_its_port()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send to one process.");
        // A port that no one else takes when it is free.
        var port = FreePort.Take();
        using var login = await StartAsync(
            "--client-id",
            "my-client",
            "--yes",
            "--redirect-uri",
            $"http://127.0.0.1:{port}/callback"
        );

        var id = login.Process.Id.ToString(CultureInfo.InvariantCulture);
        await ProcessRunner.RunAsync("kill", ["-INT", id], cancellationToken: Token);
        var output = await login.EndAsync(Token);

        Assert.True(output.ExitCode == 130, output.ToString());
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        Assert.Equal(port, login.Url.Port);
    }

    [Fact]
    public async Task Browser_that_never_comes_ends_with_a_message()
    {
        var output = await _runtime.RunAsync(
            ["login", "notes", "--client-id", "c", "--yes", "--no-browser", "--timeout", "1"],
            Token
        );

        Assert.True(output.ExitCode == 1, output.ToString());
        Assert.Contains("not finished within 1 s.", output.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Servers_are_not_approved_where_no_one_can_be_asked()
    {
        var output = await _runtime.RunAsync(["login", "notes", "--client-id", "c", "--no-browser"], Token);

        Assert.True(output.ExitCode == 1, output.ToString());
        Assert.Contains(_provider.Issuer, output.Error, StringComparison.Ordinal);
        Assert.Contains("--yes", output.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(_provider.Requests, request =>
            request.Target.StartsWith("/auth", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Answer_of_another_provider_ends_the_login_and_stores_nothing()
    {
        _provider.ResponseIssuer = "https://attacker.test";

        var output = await SignInAsync("--client-id", "my-client", "--yes");

        Assert.True(output.ExitCode == 1, output.ToString());
        Assert.Contains("https://attacker.test", output.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(_provider.Requests, request => request.Target == "/token");
        Assert.False(File.Exists(Path.Combine(_runtime.DataFolder, "console-credentials.json")));
    }

    [Fact]
    public async Task Two_logins_at_once_both_succeed()
    {
        using var one = await StartAsync("--client-id", "my-client", "--yes", "--profile", "one");
        using var two = await StartAsync("--client-id", "my-client", "--yes", "--profile", "two");
        Assert.NotEqual(one.Url.Port, two.Url.Port);

        await two.VisitAsync(Token);
        await one.VisitAsync(Token);

        var (first, second) = (await one.EndAsync(Token), await two.EndAsync(Token));
        Assert.True((first.ExitCode, second.ExitCode) == (0, 0), $"{first}{second}");
    }

    private Task<LoginProcess> StartAsync(params string[] options) =>
        LoginProcess.WaitAsync(_runtime.Start(["login", "notes", "--no-browser", .. options]), Token);

    private async Task<ProcessOutput> SignInAsync(params string[] options)
    {
        using var login = await StartAsync(options);
        await login.VisitAsync(Token);
        return await login.EndAsync(Token);
    }

    private void AssertNoSecret(string text) =>
        Assert.All([.. _provider.Secrets, ClientSecret], secret =>
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal)
        );

    private void AssertNoSecretIn(string folder, string? except = null)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            if (
                except is null
                || !file.Contains(
                    $"{Path.DirectorySeparatorChar}{except}{Path.DirectorySeparatorChar}",
                    StringComparison.Ordinal
                )
            )
                AssertNoSecret(File.ReadAllText(file));
        }
    }
}
