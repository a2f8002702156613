using System.Management.Automation;
using McpRuntime.Cmdlets.Shell;

namespace McpRuntime.Cmdlets.Runtime.Gateway;

/// <summary>The installed .NET that can run the gateway: pwsh itself carries no ASP.NET Core.</summary>
internal static class DotnetHost
{
    private const string Framework = "Microsoft.AspNetCore.App";

    private static string Executable => OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    /// <summary>Full path of <c>dotnet</c> next to an ASP.NET Core 10 runtime.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <exception cref="GatewayStartException">There is none; the message says how to install it.</exception>
    public static string Find(Func<string, string?> variable)
    {
        var folders = Folders(variable).Distinct(StringComparer.Ordinal).ToList();
        return folders.Where(HasRuntime).Select(folder => Path.Combine(folder, Executable)).FirstOrDefault()
            ?? throw new GatewayStartException(
                ErrorId.AspNetCoreRuntimeNotFound,
                ErrorCategory.NotInstalled,
                $"The gateway needs the ASP.NET Core 10 runtime, which is not part of PowerShell. Looked in "
                    + $"{string.Join(", ", folders)}. Install it ({Way()}), or set DOTNET_ROOT to the folder "
                    + $"where it is."
            );
    }

    // The order of .NET's own launchers: DOTNET_ROOT alone where it is set.
    private static IEnumerable<string> Folders(Func<string, string?> variable)
    {
        if (variable("DOTNET_ROOT") is { Length: > 0 } root)
        {
            yield return root;
            yield break;
        }
        foreach (
            var folder in (variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        )
        {
            var file = new FileInfo(Path.Combine(folder, Executable));
            if (file.Exists)
                yield return (file.ResolveLinkTarget(returnFinalTarget: true) ?? file).FullName is var path
                    ? Path.GetDirectoryName(path)!
                    : folder;
        }
        if (OperatingSystem.IsWindows())
        {
            yield return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "dotnet");
            yield break;
        }
        yield return "/usr/local/share/dotnet";
        yield return "/usr/share/dotnet";
        yield return "/usr/lib/dotnet";
        yield return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet");
    }

    private static bool HasRuntime(string folder)
    {
        var versions = Path.Combine(folder, "shared", Framework);
        return File.Exists(Path.Combine(folder, Executable))
            && Directory.Exists(versions)
            && Directory.EnumerateDirectories(versions, "10.*").Any();
    }

    private static string Way()
    {
        const string Page = "https://dotnet.microsoft.com/download/dotnet/10.0";
        return OperatingSystem.IsWindows() ? $"winget install Microsoft.DotNet.AspNetCore.10, or {Page}"
            : OperatingSystem.IsLinux() ? $"the package aspnetcore-runtime-10.0 of your distribution, or {Page}"
            : Page;
    }
}
