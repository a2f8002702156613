using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace McpRuntime.Stdio.Serving;

/// <summary>The process's own standard input and output, below everything that .NET knows of them.</summary>
internal static partial class StandardHandles
{
    private const int StandardInput = 0;
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    /// <summary>
    /// Standard input becomes empty and standard output becomes standard error, for native code and children too.
    /// </summary>
    public static void PointAway()
    {
        if (OperatingSystem.IsWindows())
            PointAwayOnWindows();
        else
            PointAwayOnUnix();
    }

    [UnsupportedOSPlatform("windows")]
    private static void PointAwayOnUnix()
    {
        using var nothing = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite);
        // Someone who types messages into a terminal goes on reading it by this descriptor.
        var isAway = !Console.IsInputRedirected || Duplicate((int)nothing.DangerousGetHandle(), StandardInput) >= 0;
        // Without a standard error there is nowhere to point to but nothing.
        isAway &=
            Duplicate(StandardError, StandardOutput) >= 0
            || Duplicate((int)nothing.DangerousGetHandle(), StandardOutput) >= 0;
        if (!isAway)
            throw new IOException(
                "Standard input and output cannot be kept for the protocol: the system refuses to duplicate "
                    + "a descriptor."
            );
    }

    [SupportedOSPlatform("windows")]
    private static void PointAwayOnWindows()
    {
        const uint Input = unchecked((uint)-10),
            Output = unchecked((uint)-11),
            Error = unchecked((uint)-12);
        var nothing = File.OpenHandle("NUL", FileMode.Open, FileAccess.ReadWrite);
        SetStandardHandle(Input, nothing.DangerousGetHandle());
        SetStandardHandle(Output, GetStandardHandle(Error));
        // Held for the life of the process: the table above keeps only the number.
        nothing.SetHandleAsInvalid();
    }

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Duplicate(int from, int to);

    [LibraryImport("kernel32", EntryPoint = "GetStdHandle")]
    private static partial nint GetStandardHandle(uint which);

    [LibraryImport("kernel32", EntryPoint = "SetStdHandle")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetStandardHandle(uint which, nint handle);
}
