using System.Diagnostics;
using System.Runtime.InteropServices;

#pragma warning disable CA1050 // The runtime looks for this very name, in no namespace (DOTNET_STARTUP_HOOKS).

/// <summary>
/// Runs inside a process under test and, when the file that <c>STRAY_OUTPUT_GO</c> names appears, does what a careless
/// library would: prints, writes to descriptor 1, reads standard input, starts a child that inherits everything. Then
/// it writes the file <c>STRAY_OUTPUT_DONE</c>.
/// </summary>
public static partial class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("STRAY_OUTPUT_GO") is { } go)
            new Thread(() => Run(go, Environment.GetEnvironmentVariable("STRAY_OUTPUT_DONE")!))
            {
                IsBackground = true,
            }.Start();
    }

    private static void Run(string go, string done)
    {
        while (!File.Exists(go))
            Thread.Sleep(5);
        Console.WriteLine("stray-managed");
        using (var raw = Console.OpenStandardOutput())
            raw.Write("stray-raw\n"u8);
        var bytes = "stray-native\n"u8.ToArray();
        if (!OperatingSystem.IsWindows())
            _ = Write(1, bytes, bytes.Length);
        var read = Console.In.ReadLine() ?? "nothing";
        var shell = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd", "/c echo stray-child")
            : new ProcessStartInfo("/bin/sh", "-c \"echo stray-child; cat\"");
        shell.UseShellExecute = false;
        using (var child = Process.Start(shell)!)
            child.WaitForExit();
        File.WriteAllText(done + ".part", read);
        File.Move(done + ".part", done);
    }

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int descriptor, byte[] bytes, nint count);
}
