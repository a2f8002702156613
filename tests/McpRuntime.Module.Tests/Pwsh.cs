using System.Diagnostics;
using System.Reflection;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests;

/// <summary>
/// The PowerShell of the tests: the repository's .NET tool, or the one that <c>MCP_RUNTIME_TEST_PWSH</c> names. The
/// tool is started without its launcher, whose child would outlive it.
/// </summary>
internal static class Pwsh
{
    // A slow or loaded machine takes many times the usual few seconds; only a process that hangs takes this long.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    // Looking for modules is slow, and the answer does not change.
    private static readonly Lazy<Task<InstalledModules>> Modules = new(InstalledModules.FindAsync);

    /// <summary>The module as the build laid it out.</summary>
    public static string StagedModule { get; } = PathOf("StagedModule");

    /// <summary>The program and the arguments before PowerShell's own.</summary>
    public static (string Program, IReadOnlyList<string> Arguments) Command { get; } = FindCommand();

    public static string PetShop { get; } = PathOf("PetShop");

    /// <summary>
    /// Skips the running test, with the reason, where a module that no registry of .NET has is not installed.
    /// </summary>
    public static async Task RequireModuleAsync(string name)
    {
        var installed = await Modules.Value;
        Assert.SkipUnless(
            installed.Has(name),
            $"The PowerShell module {name} is not installed: Install-PSResource {name}"
        );
    }

    /// <summary>
    /// Runs to its end in a fresh process whose home, with vault and settings, is a folder of its own.
    /// </summary>
    public static async Task<ProcessOutput> RunAsync(
        string home,
        IEnumerable<string> arguments,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string?>? environment = null
    ) =>
        await ProcessRunner.RunAsync(
            Command.Program,
            [.. Command.Arguments, "-NoProfile", "-NonInteractive", .. arguments],
            environment ?? await EnvironmentAsync(home),
            workingDirectory: home,
            limit: Limit,
            cancellationToken: cancellationToken
        );

    /// <summary>Starts such a process, to talk to; the caller ends and disposes it.</summary>
    public static async Task<Process> StartAsync(
        string home,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null
    ) =>
        ProcessRunner.Start(
            Command.Program,
            [.. Command.Arguments, "-NoProfile", "-NonInteractive", .. arguments],
            environment ?? await EnvironmentAsync(home),
            home
        );

    /// <summary>
    /// The variables of such a process. Its PATH begins with a <c>pwsh</c> that is the same PowerShell.
    /// </summary>
    public static async Task<Dictionary<string, string?>> EnvironmentAsync(string home)
    {
        var installed = await Modules.Value;
        var path = Environment.GetEnvironmentVariable("PATH");
        return new()
        {
            ["HOME"] = home,
            ["USERPROFILE"] = home,
            ["XDG_CONFIG_HOME"] = null,
            ["XDG_DATA_HOME"] = null,
            ["XDG_CACHE_HOME"] = null,
            ["PATH"] = PwshOnPath.Folder is { } folder ? $"{folder}{Path.PathSeparator}{path}" : path,
            ["PSModulePath"] = installed.Path,
            ["NO_COLOR"] = "1",
            ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
            ["POWERSHELL_UPDATECHECK"] = "Off",
            // A machine may stop for longer than a call's usual time.
            ["MCP_RUNTIME_CONNECTOR_TIMEOUT_SECONDS"] = "300",
            ["TEST_MODULE"] = StagedModule,
            ["TEST_PETSHOP"] = PetShop,
            ["TEST_SPECS"] = SampleDocuments.Folder,
            ["TEST_STORE"] = installed.Store,
            ["TEST_HOME"] = home,
        };
    }

    private static (string, IReadOnlyList<string>) FindCommand()
    {
        if (Environment.GetEnvironmentVariable("MCP_RUNTIME_TEST_PWSH") is { Length: > 0 } named)
            return (named, []);
        return (
            "dotnet",
            [Path.Combine(PathOf("PowerShell"), OperatingSystem.IsWindows() ? "win" : "unix", "pwsh.dll")]
        );
    }

    private static string PathOf(string key) =>
        Path.GetFullPath(
            typeof(Pwsh).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == key).Value!
        );
}
