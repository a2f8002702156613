using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace McpRuntime.Benchmarks.Stdio;

/// <summary>Programs as users get them: published for this machine, ReadyToRun.</summary>
internal static class Published
{
    private static string Root => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Source())!, "..", "..", ".."));

    /// <summary>Publishes a project and returns its executable.</summary>
    public static async Task<string> PublishAsync(string project, string name, string folder)
    {
        var target = Path.Combine(folder, name);
        string[] arguments =
        [
            "publish",
            Path.Combine(Root, project),
            "-c",
            "Release",
            "-r",
            RuntimeInformation.RuntimeIdentifier,
            "--self-contained",
            "false",
            "-o",
            target,
            "-v",
            "q",
            "--nologo",
        ];
        using var publish = Process.Start(new ProcessStartInfo("dotnet", arguments))!;
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0)
            throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} failed.");
        return Path.Combine(target, OperatingSystem.IsWindows() ? name + ".exe" : name);
    }

    private static string Source([CallerFilePath] string path = "") => path;
}
