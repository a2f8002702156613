using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Web;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.SignIns;

/// <summary>Two sessions in which a user signs in at the same time.</summary>
public sealed class ConcurrentSignInTests : IAsyncLifetime
{
    private readonly StandInProvider _provider = new();
    private VaultProcesses _processes = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _processes = await VaultProcesses.CreateAsync();
        _processes.Connect(new Uri(_provider.Issuer), $"{_provider.Issuer}/authorize", $"{_provider.Issuer}/token");
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        _processes.Dispose();
    }

    [Fact]
    public async Task Two_sign_ins_at_once_are_distinguished()
    {
        var setUp = await _processes.RunAsync(
            $"Import-Module $env:TEST_MODULE; Register-SecretVault Store -ModuleName GateStore -VaultParameters @{{ Folder = '{_processes.Vault}' }} -DefaultVault"
        );
        Assert.True(setUp.ExitCode == 0, setUp.ToString());
        using var work = await StartAsync("work");
        using var home = await StartAsync("home");
        try
        {
            var (forWork, forHome) = (await UrlAsync(work), await UrlAsync(home));
            Assert.NotEqual(forWork.Port, forHome.Port);
            // An answer that was made for one does not count for the other, and does not end it.
            var answer = await AnswerAsync(forHome);
            using (var browser = new HttpClient())
            {
                var other = new UriBuilder(answer) { Port = forWork.Port }.Uri;
                using var refused = await browser.GetAsync(other, Token);
                Assert.False(refused.IsSuccessStatusCode);
                using var taken = await browser.GetAsync(answer, Token);
                Assert.True(taken.IsSuccessStatusCode);
                using var own = await browser.GetAsync(await AnswerAsync(forWork), Token);
                Assert.True(own.IsSuccessStatusCode);
            }
            Assert.Equal("True home home-client", await LastLineAsync(home));
            Assert.Equal("True work work-client", await LastLineAsync(work));
        }
        finally
        {
            work.Kill(entireProcessTree: true);
            home.Kill(entireProcessTree: true);
        }
        var redeemed = _provider
            .Requests.Where(request => request.Target == "/token")
            .Select(request => HttpUtility.ParseQueryString(request.BodyText)["client_id"]);
        // Each redeems after its browser has its answer, so either may be the first.
        Assert.Equal(["home-client", "work-client"], redeemed.Order(StringComparer.Ordinal));
    }

    private Task<Process> StartAsync(string profile) =>
        _processes.StartAsync(
            $$"""
            Import-Module $env:TEST_MODULE
            Connect-McpConnector api -Profile {{profile}} -ClientId {{profile}}-client -NoBrowser -Force
            $kept = Get-McpCredential api -Profile {{profile}}
            $client = (Get-Secret -Vault Store -Name $kept.SecretName -AsPlainText | ConvertFrom-Json).client_id
            "$($kept.IsSignIn) $($kept.Profile) $client"
            """
        );

    // Where the provider sends the browser back to, without going there.
    private static async Task<Uri> AnswerAsync(Uri start)
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var toProvider = await browser.GetAsync(start, Token);
        using var back = await browser.GetAsync(toProvider.Headers.Location, Token);
        return back.Headers.Location!;
    }

    private static async Task<Uri> UrlAsync(Process process)
    {
        while (await LineAsync(process) is { } line)
        {
            if (Regex.Match(line, @"machine: (http://127\S+)") is { Success: true } found)
                return new Uri(found.Groups[1].Value);
        }
        throw new InvalidOperationException(await process.StandardError.ReadToEndAsync(Token));
    }

    private static async Task<string> LastLineAsync(Process process)
    {
        var last = "";
        while (await LineAsync(process) is { } line)
            last = line.Length > 0 ? line : last;
        return last;
    }

    private static Task<string?> LineAsync(Process process) =>
        process.StandardOutput.ReadLineAsync(Token).AsTask().WaitAsync(ProcessRunner.HangGuard, Token);
}
