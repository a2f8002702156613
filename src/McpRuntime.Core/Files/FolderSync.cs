using System.Runtime.InteropServices;

namespace McpRuntime.Files;

/// <summary>Makes names in a folder durable: a rename outlasts a crash only when the disk has the folder too.</summary>
internal static partial class FolderSync
{
    /// <summary>Waits until the disk has the names in a folder. Windows journals them itself.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var handle = Open(folder, 0);
        if (handle < 0)
            return;
        // File systems that cannot sync a folder say so (EINVAL); there is nothing better to do on them.
        _ = Sync(handle);
        _ = Close(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
