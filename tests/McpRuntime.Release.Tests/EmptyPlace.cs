using System.Diagnostics;
using McpRuntime.Testing;

namespace McpRuntime.Release.Tests;

/// <summary>
/// A machine on which nothing of this project is installed: a home folder of its own, no packages, no settings, and
/// only the .NET SDK and the system's programs on the PATH.
/// </summary>
internal sealed class EmptyPlace : IDisposable
{
    // What a process needs of the machine; everything else of the test's environment is taken away.
    private static readonly string[] Kept = ["SystemRoot", "windir", "SystemDrive", "ComSpec", "PATHEXT", "LANG", "TZ"];

    private static readonly string[] Ends = ["", ".exe", ".cmd"];

    private readonly TemporaryFolder _home = new();
    private readonly Dictionary<string, string?> _variables;

    /// <param name="sdk">Whether .NET can be found there.</param>
    public EmptyPlace(bool sdk = true)
    {
        _variables = Environment
            .GetEnvironmentVariables()
            .Keys.Cast<string>()
            .Except(Kept, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(name => name, _ => (string?)null, StringComparer.OrdinalIgnoreCase);
        foreach (var name in new[] { "HOME", "USERPROFILE", "DOTNET_CLI_HOME" })
            _variables[name] = Path;
        _variables["APPDATA"] = PathOf("AppData", "Roaming");
        _variables["LOCALAPPDATA"] = PathOf("AppData", "Local");
        _variables["TMP"] =
            _variables["TEMP"] =
            _variables["TMPDIR"] =
                Directory.CreateDirectory(PathOf("tmp")).FullName;
        _variables["NUGET_PACKAGES"] = PathOf("packages");
        _variables["DOTNET_NOLOGO"] = _variables["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        _variables["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
        // The user's keyring is not for tests.
        _variables["MCP_RUNTIME_CREDENTIAL_STORE"] = "file";
        // The system's folders may have a dotnet, too; programs that need one look here first, and only here.
        _variables["DOTNET_ROOT"] = sdk ? SdkFolder : PathOf("no-dotnet");
        _variables["PATH"] = string.Join(System.IO.Path.PathSeparator, SearchPath(sdk));
    }

    /// <summary>The home folder, and the working folder of what runs there.</summary>
    public string Path => _home.Path;

    /// <summary>Where <c>dotnet tool install -g</c> puts commands.</summary>
    public string ToolsFolder => PathOf(".dotnet", "tools");

    /// <summary>The environment of a process; null removes a variable.</summary>
    public IReadOnlyDictionary<string, string?> Variables => _variables;

    private static string SdkFolder { get; } = FindSdk();

    /// <summary>A path below <see cref="Path"/>; nothing is created.</summary>
    public string PathOf(params ReadOnlySpan<string> names) => _home.PathOf(names);

    /// <summary>Writes a file below <see cref="Path"/> and returns its full path.</summary>
    public string Write(string name, string text) => _home.Write(name, text);

    public void Set(string name, string value) => _variables[name] = value;

    /// <summary>Makes a folder of packages the only source of packages.</summary>
    public void UseFeed(string folder) =>
        Write(
            "nuget.config",
            $"""
            <configuration>
              <packageSources><clear /><add key="local" value="{folder}" /></packageSources>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
            </configuration>
            """
        );

    /// <summary>The full path of a program on this place's PATH.</summary>
    public string Find(string program) =>
        (_variables["PATH"] ?? "")
            .Split(System.IO.Path.PathSeparator)
            .SelectMany(folder => Ends.Select(end => System.IO.Path.Combine(folder, program + end)))
            .First(File.Exists);

    /// <summary>Runs a program to its end; a name without a folder is looked for on this place's PATH.</summary>
    public Task<ProcessOutput> RunAsync(string program, params IEnumerable<string> arguments) =>
        ProcessRunner.RunAsync(
            Resolve(program),
            arguments,
            _variables,
            workingDirectory: Path,
            cancellationToken: TestContext.Current.CancellationToken
        );

    /// <summary>Runs a program that must end with exit code 0, and returns its standard output.</summary>
    public async Task<string> OutputAsync(string program, params IEnumerable<string> arguments)
    {
        var output = await RunAsync(program, arguments);
        Assert.True(output.ExitCode == 0, $"{program}: {output}");
        return output.Out;
    }

    /// <summary>Starts a program to talk to; the caller ends and disposes it.</summary>
    public Process Start(string program, params IEnumerable<string> arguments) =>
        ProcessRunner.Start(Resolve(program), arguments, _variables, Path);

    public void Dispose() => _home.Dispose();

    private string Resolve(string program) => System.IO.Path.IsPathRooted(program) ? program : Find(program);

    private IEnumerable<string> SearchPath(bool sdk)
    {
        if (sdk)
            yield return ToolsFolder;
        if (sdk)
            yield return SdkFolder;
        var system = OperatingSystem.IsWindows()
            ? [Environment.SystemDirectory, Environment.GetFolderPath(Environment.SpecialFolder.Windows)]
            : new[] { "/usr/bin", "/bin" };
        foreach (var folder in system)
            yield return folder;
    }

    // shared/Microsoft.NETCore.App/VERSION of the SDK that runs this test.
    private static string FindSdk() =>
        System.IO.Path.GetFullPath(
            System.IO.Path.Combine(System.IO.Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../..")
        );
}
