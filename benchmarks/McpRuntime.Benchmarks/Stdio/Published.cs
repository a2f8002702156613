using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace McpRuntime.Benchmarks.Stdio;

/// <summary>Programs as users get them: published for this machine, ReadyToRun.</summary>
internal static class Published
{
    public static string Platform => RuntimeInformation.RuntimeIdentifier;

    /// <summary>The full path of a project.</summary>
    public static string PathOf(string project) =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Source())!, "..", "..", "..", project));

    public static string ExecutableIn(string folder, string name) =>
        Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);

    /// <summary>Publishes a project and returns its executable.</summary>
    public static async Task<string> PublishAsync(string project, string name, string folder)
    {
        var target = Path.Combine(folder, name);
        await RunDotnetAsync([
            "publish",
            PathOf(project),
            "-c",
            "Release",
            "-r",
            Platform,
            "--self-contained",
            "false",
            "-o",
            target,
        ]);
        return ExecutableIn(target, name);
    }

    /// <summary>Runs the SDK, which must succeed.</summary>
    public static async Task RunDotnetAsync(
        string[] arguments,
        params IEnumerable<(string Name, string Value)> variables
    )
    {
        var start = new ProcessStartInfo("dotnet", [.. arguments, "-v", "q"]) { RedirectStandardOutput = true };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} failed.\n{output}");
    }

    private static string Source([CallerFilePath] string path = "") => path;
}
