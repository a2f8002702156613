using System.Reflection;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests;

/// <summary>The pwsh of this machine, if it has what the module and its tests need.</summary>
internal static class Pwsh
{
    // Starting pwsh and looking for modules is slow, and the answer does not change.
    private static readonly Lazy<Task<Probe>> Found = new(ProbeAsync);

    /// <summary>The module as the build laid it out.</summary>
    public static string StagedModule { get; } = PathOf("StagedModule");

    private static string PetShop { get; } = PathOf("PetShop");

    /// <summary>Skips the running test, with the reason, where pwsh or a module is missing.</summary>
    public static async Task RequireAsync()
    {
        var probe = await Found.Value;
        Assert.SkipWhen(probe.Missing is not null, probe.Missing ?? "");
    }

    /// <summary>Runs to its end in a fresh process whose home, with vault and settings, is a folder of its own.</summary>
    public static async Task<ProcessOutput> RunAsync(string home, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        await ProcessRunner.RunAsync(
            "pwsh", ["-NoProfile", "-NonInteractive", .. arguments], await EnvironmentAsync(home), workingDirectory: home,
            limit: TimeSpan.FromMinutes(5), cancellationToken: cancellationToken);

    /// <summary>The variables of such a process.</summary>
    public static async Task<Dictionary<string, string?>> EnvironmentAsync(string home) => new()
    {
        ["HOME"] = home,
        ["USERPROFILE"] = home,
        ["XDG_CONFIG_HOME"] = null,
        ["XDG_DATA_HOME"] = null,
        ["XDG_CACHE_HOME"] = null,
        ["PSModulePath"] = (await Found.Value).ModulePath,
        ["NO_COLOR"] = "1",
        ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
        ["POWERSHELL_UPDATECHECK"] = "Off",
        ["TEST_MODULE"] = StagedModule,
        ["TEST_PETSHOP"] = PetShop,
        ["TEST_HOME"] = home,
    };

    private static string PathOf(string key) => Path.GetFullPath(
        typeof(Pwsh).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == key).Value!);

    private static async Task<Probe> ProbeAsync()
    {
        const string Script = """
            if ($PSVersionTable.PSVersion -lt '7.6') { "pwsh is $($PSVersionTable.PSVersion); the module needs 7.6."; return }
            foreach ($need in @{ 'Microsoft.PowerShell.SecretManagement' = '1.1.2'; 'Microsoft.PowerShell.SecretStore' = '1.0.6'; Pester = '5.0' }.GetEnumerator()) {
                if (-not (Get-Module -ListAvailable -FullyQualifiedName @{ ModuleName = $need.Key; ModuleVersion = $need.Value })) {
                    "The PowerShell module $($need.Key) $($need.Value) is not installed: Install-PSResource $($need.Key)"; return
                }
            }
            "ready:$env:PSModulePath"
            """;
        try
        {
            var output = await ProcessRunner.RunAsync(
                "pwsh", ["-NoProfile", "-NonInteractive", "-Command", Script], new Dictionary<string, string?> { ["NO_COLOR"] = "1" });
            var answer = output.Out.Trim();
            return answer.StartsWith("ready:", StringComparison.Ordinal)
                ? new Probe(null, answer["ready:".Length..])
                : new Probe(answer.Length > 0 ? answer : output.ToString(), null);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return new Probe("pwsh is not on the PATH: https://aka.ms/install-powershell", null);
        }
    }

    private sealed record Probe(string? Missing, string? ModulePath);
}
