using System.Runtime.InteropServices;

namespace McpRuntime.Files;

/// <content>The system's calls.</content>
internal sealed partial record FileStatus
{
    // Larger than struct statx (256 bytes) and struct stat of macOS (144 bytes).
    private const int BufferBytes = 256;

    private const int WorkingFolder = -100;
    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint BasicStatus = 0x7FF;

    // On Intel, the names without a suffix are those of an older layout.
    private static bool IsArm => RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    private static unsafe int Stat(string path, bool followLinks, byte* status) =>
        (followLinks, IsArm) switch
        {
            (true, true) => StatArm(path, status),
            (true, false) => StatIntel(path, status),
            (false, true) => LStatArm(path, status),
            (false, false) => LStatIntel(path, status),
        };

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int StatX(int folder, string path, int flags, uint mask, byte* status);

    [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int StatArm(string path, byte* status);

    [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int StatIntel(string path, byte* status);

    [LibraryImport("libc", EntryPoint = "lstat", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int LStatArm(string path, byte* status);

    [LibraryImport("libc", EntryPoint = "lstat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int LStatIntel(string path, byte* status);

    [LibraryImport("libc", EntryPoint = "fstat")]
    private static unsafe partial int FStat(int handle, byte* status);

    [LibraryImport("libc", EntryPoint = "fstat$INODE64")]
    private static unsafe partial int FStat64(int handle, byte* status);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
