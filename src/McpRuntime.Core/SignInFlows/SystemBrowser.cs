using System.ComponentModel;
using System.Diagnostics;

namespace McpRuntime.SignInFlows;

/// <summary>Opens a page in the user's browser, without a shell.</summary>
public static class SystemBrowser
{
    /// <summary>False where no browser could be started.</summary>
    /// <param name="url">https, or http on loopback; others are not opened.</param>
    public static bool TryOpen(Uri url)
    {
        if (!ProviderUrl.IsSafe(url))
            return false;
        try
        {
            using var process = Process.Start(Starting(url.AbsoluteUri));
            return true;
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or FileNotFoundException)
        {
            return false;
        }
    }

    private static bool IsSetting(string name) => name.StartsWith("MCP_RUNTIME_", StringComparison.OrdinalIgnoreCase);

    private static ProcessStartInfo Starting(string url)
    {
        if (OperatingSystem.IsWindows())
            return new ProcessStartInfo(url) { UseShellExecute = true };
        // As xdg-open does it; what it prints would mix with the program's own output.
        var chosen = Environment.GetEnvironmentVariable("BROWSER")?.Split(':')[0];
        var program =
            OperatingSystem.IsMacOS() ? "open"
            : string.IsNullOrEmpty(chosen) ? "xdg-open"
            : chosen;
        var start = new ProcessStartInfo(program, [url])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        // They may be credentials, and the browser lives on.
        foreach (var name in start.Environment.Keys.Where(IsSetting).ToList())
            start.Environment.Remove(name);
        return start;
    }
}
