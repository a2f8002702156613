using System.Reflection;

namespace McpRuntime.Release.Tests;

/// <summary>A PowerShell that finds nothing but its own modules and those that are installed in an empty place.</summary>
internal static class FreshPwsh
{
    /// <summary>Starts it without its launcher, whose child would outlive it.</summary>
    public static IReadOnlyList<string> Command { get; } = ["dotnet", FindPwsh(), "-NoProfile", "-NonInteractive"];

    /// <summary>Runs a script to its end, which is its first error, and returns what it wrote.</summary>
    public static Task<string> OutputAsync(EmptyPlace place, string name, string script)
    {
        place.Set("NO_COLOR", "1");
        place.Set("POWERSHELL_TELEMETRY_OPTOUT", "1");
        place.Set("POWERSHELL_UPDATECHECK", "Off");
        var file = place.Write($"{name}.ps1", "$ErrorActionPreference = 'Stop'\n" + script);
        return place.OutputAsync(Command[0], [.. Command.Skip(1), "-File", file]);
    }

    private static string FindPwsh()
    {
        var folder = typeof(FreshPwsh)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .First(data => data.Key == "PowerShell")
            .Value!;
        return Path.GetFullPath(Path.Combine(folder, OperatingSystem.IsWindows() ? "win" : "unix", "pwsh.dll"));
    }
}
