using System.Diagnostics;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.SignIns;

/// <summary>
/// A user's home with a connector, a vault that a test can hold at each step of a write, and processes of pwsh that call
/// the connector's one tool.
/// </summary>
internal sealed class VaultProcesses : IDisposable
{
    /// <summary>Prints the answer, or the error's id and message.</summary>
    public const string Call =
        "Import-Module $env:TEST_MODULE; try { (Invoke-McpTool get_answer -ErrorAction Stop).answer } "
        + "catch { $_.FullyQualifiedErrorId + ' ' + $_.Exception.Message; exit 1 }";

    private readonly TemporaryFolder _home = new();

    private VaultProcesses(Dictionary<string, string?> environment) => Environment = environment;

    public Dictionary<string, string?> Environment { get; }

    public string Home => _home.Path;

    /// <summary>The vault's files: the secrets, and what says where it waits.</summary>
    public string Vault => Path.Combine(Home, "vault");

    private string Connectors => Path.Combine(Home, "connectors");

    public static async Task<VaultProcesses> CreateAsync()
    {
        var processes = new VaultProcesses([]);
        foreach (var (name, value) in await Pwsh.EnvironmentAsync(processes.Home))
            processes.Environment[name] = value;
        processes.Environment["MCP_RUNTIME_CONNECTORS_DIR"] = processes.Connectors;
        processes.Environment["MCP_RUNTIME_DATA_DIR"] = Path.Combine(processes.Home, "data");
        processes.Environment["MCP_RUNTIME_CACHE_DIR"] = Path.Combine(processes.Home, "cache");
        processes.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.0/8";
        Directory.CreateDirectory(processes.Vault);
        Directory.CreateDirectory(processes.Connectors);
        return processes;
    }

    /// <summary>Writes the connector: its API, and its provider.</summary>
    public void Connect(Uri api, string authorizationUrl, string tokenUrl) =>
        File.WriteAllText(Path.Combine(Connectors, "api.yaml"), SignInManifest.Of(api, authorizationUrl, tokenUrl));

    /// <summary>Stores a sign-in of which only the refresh token <c>refresh-0</c> is left.</summary>
    public async Task SignInAsync()
    {
        var output = await RunAsync(
            $$"""
            Import-Module $env:TEST_MODULE
            Register-SecretVault Store -ModuleName GateStore -VaultParameters @{ Folder = '{{Vault}}' } -DefaultVault -AllowClobber
            Set-McpCredential api -ClientId client -ClientSecret (ConvertTo-SecureString -AsPlainText client-s3cret) -RefreshToken (ConvertTo-SecureString -AsPlainText refresh-0) -Force
            """
        );
        Assert.True(output is { ExitCode: 0, Error: "" }, output.ToString());
    }

    public Task<ProcessOutput> CallAsync() => RunAsync(Call);

    public Task<ProcessOutput> RunAsync(string script) =>
        Pwsh.RunAsync(Home, ["-Command", script], TestContext.Current.CancellationToken, Environment);

    public Task<Process> StartAsync(string script) => Pwsh.StartAsync(Home, ["-Command", script], Environment);

    /// <summary>The vault waits at the step until it is let go.</summary>
    public void Hold(string step) => File.WriteAllText(Path.Combine(Vault, $"hold-{step}"), "");

    public void Release(string step) => File.Delete(Path.Combine(Vault, $"hold-{step}"));

    public async Task WaitAtAsync(string step)
    {
        using var limit = new CancellationTokenSource(ProcessRunner.HangGuard);
        while (!File.Exists(Path.Combine(Vault, $"at-{step}")))
            await Task.Delay(20, limit.Token);
    }

    /// <summary>Starts a call, and ends its process without warning once the moment has come.</summary>
    public async Task KillAsync(Func<Task> moment)
    {
        using var process = await StartAsync(Call);
        process.StandardInput.Close();
        await moment();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => _home.Dispose();
}
