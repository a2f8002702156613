using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using System.Web;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.SignIns;

/// <summary>
/// A sign-in with a browser, calls, a renewal and its refusal, with all that PowerShell can show: no token, code,
/// verifier, state or client secret is anywhere but in the vault and in the requests themselves.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed partial class SecretSearchTests : IAsyncLifetime
{
    // The secret is in a file outside of what is searched, as it would be in a user's head.
    private const string Script = """
        $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'
        Import-Module $env:TEST_MODULE 4>$null
        Register-SecretVault Store -ModuleName GateStore -VaultParameters @{ Folder = $env:TEST_VAULT } -DefaultVault
        $null = Start-Transcript "$HOME/transcript.txt"
        $secret = ConvertTo-SecureString -AsPlainText (Get-Content $env:TEST_CLIENT_SECRET)
        Connect-McpConnector api -ClientId client -ClientSecret $secret -Force -PassThru -Verbose -Debug | Format-List *
        # The connector was not imported from a document, which would have approved its API.
        Set-McpCredential api -Force
        $server = Start-McpRuntime -Transport Stdio
        $gateway = if (dotnet --list-runtimes | Select-String '^Microsoft\.AspNetCore\.App 10\.') { Start-McpRuntime -Transport Http -Port 0 }
        foreach ($place in @(@{}) + @($server, $gateway).Where({ $_ }).ForEach({ @{ Runtime = $_ } })) {
            $answer = Invoke-McpTool get_answer @place -Verbose -Debug
            "answer $($answer.answer)"
        }
        Get-McpCredential api | Format-List *
        Test-McpCredential api | Format-List *
        'MARK calls'
        $null = [Console]::ReadLine()
        # A server may have renewed the token that this session has; then the first only takes over the newer one.
        foreach ($i in 1..2) { Invoke-McpTool get_answer -Verbose -Debug }
        Test-McpCredential api | Format-List *
        $Error | Format-List * -Force
        $Error | ForEach-Object { $_.Exception.ToString() }
        Get-Job | Receive-Job -Keep | Format-List *
        Get-History | Format-List *
        Get-Variable | Format-List *
        $null = Stop-Transcript
        'MARK end'
        """;

    private readonly StandInProvider _provider = new();
    private readonly RecordingUpstream _api;
    private readonly TemporaryFolder _elsewhere = new();
    private readonly string _clientSecret = Guid.NewGuid().ToString("N");
    private VaultProcesses _processes = null!;
    private bool _refusesAll;
    private int _calls;

    public SecretSearchTests() =>
        // The second call finds that its token is no longer good.
        _api = RecordingUpstream.Start(_ =>
            _refusesAll || Interlocked.Increment(ref _calls) == 2
                ? UpstreamAnswer.Json("""{"error":"token"}""", 401)
                : UpstreamAnswer.Json("""{"answer":42}""")
        );

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Command lines and environments are read from /proc.");
        _processes = await VaultProcesses.CreateAsync();
        _processes.Connect(_api.Url, $"{_provider.Issuer}/authorize", $"{_provider.Issuer}/token");
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        await _api.DisposeAsync();
        _processes?.Dispose();
        _elsewhere.Dispose();
    }

    [Fact]
    public async Task Nothing_secret_is_outside_of_the_vault()
    {
        var seen = new List<(string Where, string Text)>();
        var url = PrepareBrowser();
        _processes.Environment["TEST_VAULT"] = _processes.Vault;
        _processes.Environment["TEST_CLIENT_SECRET"] = _elsewhere.Write("secret", _clientSecret);
        using var pwsh = await _processes.StartAsync(Script);
        var errors = pwsh.StandardError.ReadToEndAsync(Token);
        try
        {
            await VisitAsync(url);
            seen.Add(("output", await ReadToAsync(pwsh, "MARK calls")));
            seen.AddRange(Processes());
            seen.AddRange(Files());
            _refusesAll = true;
            _provider.Token = _ => UpstreamAnswer.Json("""{"error":"invalid_grant"}""", 400);
            await pwsh.StandardInput.WriteLineAsync("go".AsMemory(), Token);
            seen.Add(("output", await ReadToAsync(pwsh, "MARK end")));
            seen.AddRange(Processes());
            seen.Add(("output", await pwsh.StandardOutput.ReadToEndAsync(Token)));
            await pwsh.WaitForExitAsync(Token);
        }
        finally
        {
            pwsh.Kill(entireProcessTree: true);
        }
        seen.Add(("errors", await errors));
        seen.AddRange(Files());

        var all = string.Concat(seen.Where(part => part.Where == "output").Select(part => part.Text));
        Assert.True(all.Contains("answer 42", StringComparison.Ordinal), all);
        Assert.True(Spaces().Replace(all, "").Contains("SignInRequired", StringComparison.Ordinal), all);
        Assert.Contains(_provider.Requests, request => Form(request)["grant_type"] == "refresh_token");
        Assert.Contains(seen, part => part.Where.EndsWith("transcript.txt", StringComparison.Ordinal));
        Assert.Contains(seen, part => part.Where.EndsWith("environ", StringComparison.Ordinal));
        // Lists and transcripts break lines at the width of a screen.
        seen.AddRange(seen.Select(part => (part.Where, Text: Spaces().Replace(part.Text, ""))).ToList());
        foreach (var secret in Secrets())
            Assert.All(seen, part =>
                Assert.False(part.Text.Contains(secret, StringComparison.Ordinal), $"A secret is in {part.Where}.")
            );
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    // A program that is started as the user's browser: it leaves the URL for the test to open.
    private string PrepareBrowser()
    {
        var url = Path.Combine(_processes.Home, "opened");
        var program = Path.Combine(_processes.Home, "browser");
        File.WriteAllText(
            program,
            $"#!/bin/sh\nenv > '{url}.environ'\nprintf %s \"$1\" > '{url}.new'\nmv '{url}.new' '{url}'\n"
        );
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _processes.Environment["BROWSER"] = program;
        return url;
    }

    private static async Task VisitAsync(string url)
    {
        using var limit = new CancellationTokenSource(ProcessRunner.HangGuard);
        while (!File.Exists(url))
            await Task.Delay(20, limit.Token);
        using var browser = new HttpClient();
        using var page = await browser.GetAsync(await File.ReadAllTextAsync(url, Token), Token);
    }

    private static async Task<string> ReadToAsync(System.Diagnostics.Process process, string mark)
    {
        var text = "";
        while (
            await process.StandardOutput.ReadLineAsync(Token).AsTask().WaitAsync(ProcessRunner.HangGuard, Token)
                is { } line
        )
        {
            if (line == mark)
                return text;
            text += line + "\n";
        }
        throw new InvalidOperationException($"'{mark}' was not written:\n{text}");
    }

    private IEnumerable<string> Secrets() =>
        _provider
            .Secrets.Append(_clientSecret)
            .Concat(_provider.Requests.Select(request => Form(request)["code_verifier"]).OfType<string>())
            .Concat(
                _provider
                    .Requests.Select(request =>
                        HttpUtility.ParseQueryString(new Uri(_api.Url, request.Target).Query)["state"]
                    )
                    .OfType<string>()
            );

    private static System.Collections.Specialized.NameValueCollection Form(RecordedRequest request) =>
        HttpUtility.ParseQueryString(request.BodyText);

    private List<(string, string)> Files() =>
        [
            .. Directory
                .EnumerateFiles(_processes.Home, "*", SearchOption.AllDirectories)
                .Where(file => Path.GetDirectoryName(file) != _processes.Vault)
                .Select(file => (file, Kept(file))),
        ];

    // PowerShell writes its caches in the background, each under another name first.
    private static string Kept(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (FileNotFoundException)
        {
            return "";
        }
    }

    // All processes of the machine: what is searched for is in no other.
    private static List<(string, string)> Processes() =>
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Where(folder => int.TryParse(Path.GetFileName(folder), out _))
                .SelectMany(folder => new[] { $"{folder}/cmdline", $"{folder}/environ" })
                .Select(file => (file, Read(file))),
        ];

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
