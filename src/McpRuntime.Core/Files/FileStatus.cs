using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace McpRuntime.Files;

/// <summary>
/// What the system knows of a file next to its content. .NET tells neither owner nor inode; on Linux and macOS the
/// system's own call does. Elsewhere there is none, and callers do without.
/// </summary>
/// <param name="Mode">Kind and permissions, as <c>st_mode</c>.</param>
/// <param name="Links">Names that the file has.</param>
/// <param name="Owner">User id.</param>
/// <param name="Device">The file system, together with <paramref name="Inode"/> the file's identity.</param>
/// <param name="Inode">Number of the file within its file system.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Modified">Time of the last write, nanoseconds since 1970.</param>
/// <param name="Changed">Time of the last change of content, owner, mode or name, nanoseconds since 1970; no program
/// can set it.</param>
internal sealed partial record FileStatus(
    uint Mode,
    ulong Links,
    uint Owner,
    ulong Device,
    ulong Inode,
    long Length,
    long Modified,
    long Changed
)
{
    private const uint KindMask = 0xF000;
    private const uint Regular = 0x8000;
    private const uint Folder = 0x4000;
    private const uint WritableByOthers = 0x12;

    public bool IsRegularFile => (Mode & KindMask) == Regular;

    public bool IsFolder => (Mode & KindMask) == Folder;

    /// <summary>The group or everyone may write.</summary>
    public bool IsWritableByOthers => (Mode & WritableByOthers) != 0;

    /// <summary>Both are the same file, whatever its names.</summary>
    public bool IsSameFile(FileStatus other) => Device == other.Device && Inode == other.Inode;

    /// <summary>Of what a path names, links resolved; null where there is nothing, or no such call.</summary>
    public static FileStatus? Of(string path) => Read(path, followLinks: true);

    /// <summary>As <see cref="Of(string)"/>, but of a link itself.</summary>
    public static FileStatus? OfLink(string path) => Read(path, followLinks: false);

    /// <summary>Of an open file.</summary>
    public static unsafe FileStatus? Of(SafeFileHandle handle)
    {
        Span<byte> buffer = stackalloc byte[BufferBytes];
        try
        {
            fixed (byte* status = buffer)
            {
                if (OperatingSystem.IsLinux())
                    return StatX((int)handle.DangerousGetHandle(), "", EmptyPath, BasicStatus, status) == 0
                        ? FromLinux(buffer)
                        : null;
                if (OperatingSystem.IsMacOS())
                    return
                        (
                            IsArm
                                ? FStat((int)handle.DangerousGetHandle(), status)
                                : FStat64((int)handle.DangerousGetHandle(), status)
                        ) == 0
                        ? FromMacOS(buffer)
                        : null;
            }
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            // A system library that is older than .NET supports.
        }
        return null;
    }

    /// <summary>The user that this process acts as; null where users have no numbers.</summary>
    public static uint? CurrentUser => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() ? EffectiveUser() : null;

    private static unsafe FileStatus? Read(string path, bool followLinks)
    {
        Span<byte> buffer = stackalloc byte[BufferBytes];
        try
        {
            fixed (byte* status = buffer)
            {
                if (OperatingSystem.IsLinux())
                    return StatX(WorkingFolder, path, followLinks ? 0 : NoFollow, BasicStatus, status) == 0
                        ? FromLinux(buffer)
                        : null;
                if (OperatingSystem.IsMacOS())
                    return Stat(path, followLinks, status) == 0 ? FromMacOS(buffer) : null;
            }
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            // A system library that is older than .NET supports.
        }
        return null;
    }

    // statx(2): struct statx has the same layout on every processor.
    private static FileStatus FromLinux(ReadOnlySpan<byte> status) =>
        new(
            Mode: BinaryPrimitives.ReadUInt16LittleEndian(status[28..]),
            Links: BinaryPrimitives.ReadUInt32LittleEndian(status[16..]),
            Owner: BinaryPrimitives.ReadUInt32LittleEndian(status[20..]),
            Device: BinaryPrimitives.ReadUInt64LittleEndian(status[136..]),
            Inode: BinaryPrimitives.ReadUInt64LittleEndian(status[32..]),
            Length: BinaryPrimitives.ReadInt64LittleEndian(status[40..]),
            Modified: Nanoseconds(
                BinaryPrimitives.ReadInt64LittleEndian(status[112..]),
                BinaryPrimitives.ReadUInt32LittleEndian(status[120..])
            ),
            Changed: Nanoseconds(
                BinaryPrimitives.ReadInt64LittleEndian(status[96..]),
                BinaryPrimitives.ReadUInt32LittleEndian(status[104..])
            )
        );

    // stat(2) of macOS with 64-bit inodes.
    private static FileStatus FromMacOS(ReadOnlySpan<byte> status) =>
        new(
            Mode: BinaryPrimitives.ReadUInt16LittleEndian(status[4..]),
            Links: BinaryPrimitives.ReadUInt16LittleEndian(status[6..]),
            Owner: BinaryPrimitives.ReadUInt32LittleEndian(status[16..]),
            Device: BinaryPrimitives.ReadUInt32LittleEndian(status),
            Inode: BinaryPrimitives.ReadUInt64LittleEndian(status[8..]),
            Length: BinaryPrimitives.ReadInt64LittleEndian(status[96..]),
            Modified: Nanoseconds(
                BinaryPrimitives.ReadInt64LittleEndian(status[48..]),
                BinaryPrimitives.ReadUInt32LittleEndian(status[56..])
            ),
            Changed: Nanoseconds(
                BinaryPrimitives.ReadInt64LittleEndian(status[64..]),
                BinaryPrimitives.ReadUInt32LittleEndian(status[72..])
            )
        );

    private static long Nanoseconds(long seconds, uint nanoseconds) =>
        unchecked((seconds * 1_000_000_000) + nanoseconds);
}
