using System.IO.Hashing;
using System.Security.Cryptography;
using McpRuntime.Locks;
using Microsoft.Win32.SafeHandles;

namespace McpRuntime.Connectors.Compiled;

/// <summary>
/// The file of a compiled manifest: what it is, which build of the product wrote it, what it was compiled from, a table
/// of sections, a checksum of all that; then the sections, each with a checksum and its SHA-256 in the table.
/// </summary>
/// <remarks>
/// The checksums tell damage. Against someone who writes a file on purpose, <see cref="CompiledFolder"/> looks at whose
/// it is. Where that is not enough, the SHA-256 of the head is known from elsewhere: it stands for the whole file, as
/// each section is then compared with its own in the head once it is in memory.
/// </remarks>
internal sealed class CompiledFile
{
    private const ulong Magic = 0x0231_4D52_5043_4D0A;
    private const int GuidBytes = 16;
    private const int SectionBytes = (3 * sizeof(int)) + sizeof(ulong) + SHA256.HashSizeInBytes;
    private const int MostSections = 16;
    private const int HeadBytes = sizeof(ulong) + GuidBytes + ContentKey.Bytes + sizeof(int);
    private const int LargestHead = HeadBytes + (MostSections * SectionBytes) + sizeof(ulong);

    // Another one for every build: what one wrote, no other reads.
    private static readonly byte[] Product = typeof(CompiledFile).Module.ModuleVersionId.ToByteArray();

    private readonly SafeFileHandle _handle;
    private readonly Entry[] _sections;

    private CompiledFile(SafeFileHandle handle, Entry[] sections, string? hash)
    {
        _handle = handle;
        _sections = sections;
        Hash = hash;
    }

    /// <summary>SHA-256 of the head, as <c>sha256:HEX</c>; null where it was not asked for.</summary>
    public string? Hash { get; }

    /// <summary>Looks whether a file is one of this build and this content.</summary>
    /// <param name="handle">Not disposed here, and needed by <see cref="Read"/>.</param>
    /// <param name="key">What it must have been compiled from.</param>
    /// <param name="isHashed">The caller compares <see cref="Hash"/>; sections must have their SHA-256.</param>
    /// <exception cref="InvalidDataException">It is not.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CompiledFile Open(SafeFileHandle handle, ContentKey key, bool isHashed = false)
    {
        Span<byte> buffer = stackalloc byte[LargestHead];
        var head = buffer[..RandomAccess.Read(handle, buffer, 0)];
        var reader = new FlatReader(head);
        if (
            reader.Long() != Magic
            || !reader.Take(GuidBytes).SequenceEqual(Product)
            || !reader.Take(ContentKey.Bytes).SequenceEqual(key.Span)
        )
            throw new InvalidDataException("It is not what this program compiled from this manifest.");
        var sections = new Entry[reader.Count(SectionBytes)];
        if (sections.Length > MostSections)
            throw new InvalidDataException("It has more sections than there can be.");
        var start = HeadBytes + (sections.Length * SectionBytes) + sizeof(ulong);
        for (var i = 0; i < sections.Length; i++)
        {
            sections[i] = new Entry(
                (CompiledSection)reader.Int(),
                reader.Int(),
                reader.Int(),
                reader.Long(),
                reader.Take(SHA256.HashSizeInBytes).ToArray()
            );
            if (sections[i].Start != start || sections[i].Length < 0)
                throw new InvalidDataException("A section is not where it should be.");
            start = checked(start + sections[i].Length);
        }
        if (
            reader.Long() != XxHash64.HashToUInt64(head[..(head.Length - reader.Rest - sizeof(ulong))])
            || RandomAccess.GetLength(handle) != start
        )
            throw new InvalidDataException("It is damaged.");
        return new CompiledFile(handle, sections, isHashed ? Sha256Text.Of(head[..(head.Length - reader.Rest)]) : null);
    }

    /// <summary>The bytes of a section; null where there is none.</summary>
    /// <exception cref="InvalidDataException">They are damaged.</exception>
    /// <exception cref="IOException">They cannot be read.</exception>
    public byte[]? Read(CompiledSection section)
    {
        if (Array.Find(_sections, entry => entry.Section == section) is not { } entry)
            return null;
        var bytes = GC.AllocateUninitializedArray<byte>(entry.Length);
        var read = 0;
        for (
            int more;
            read < bytes.Length && (more = RandomAccess.Read(_handle, bytes.AsSpan(read), entry.Start + read)) > 0;

        )
            read += more;
        return read == bytes.Length && IsWhole(bytes, entry) ? bytes : throw new InvalidDataException("It is damaged.");
    }

    // Of the bytes in memory that are used from here on.
    private bool IsWhole(byte[] section, Entry entry) =>
        Hash is null
            ? XxHash64.HashToUInt64(section) == entry.Checksum
            : SHA256.HashData(section).AsSpan().SequenceEqual(entry.Sha256);

    /// <summary>The file as bytes.</summary>
    public static byte[] Write(ContentKey key, params ReadOnlySpan<FlatSection> sections)
    {
        var file = Head(key, sections);
        foreach (var section in sections)
            file.Bytes(section.Content.Written);
        return file.Written.ToArray();
    }

    /// <summary>The <see cref="Hash"/> of a file with these sections.</summary>
    public static string HashOf(ContentKey key, params ReadOnlySpan<FlatSection> sections) =>
        Sha256Text.Of(Head(key, sections).Written);

    private static FlatWriter Head(ContentKey key, ReadOnlySpan<FlatSection> sections)
    {
        var file = new FlatWriter(LargestHead);
        file.Long(Magic);
        file.Bytes(Product);
        file.Bytes(key.Span);
        file.Int(sections.Length);
        var start = HeadBytes + (sections.Length * SectionBytes) + sizeof(ulong);
        foreach (var section in sections)
        {
            file.Int((int)section.Section);
            file.Int(start);
            file.Int(section.Content.Length);
            file.Long(XxHash64.HashToUInt64(section.Content.Written));
            file.Bytes(SHA256.HashData(section.Content.Written));
            start = checked(start + section.Content.Length);
        }
        file.Long(XxHash64.HashToUInt64(file.Written));
        return file;
    }

    private sealed record Entry(CompiledSection Section, int Start, int Length, ulong Checksum, byte[] Sha256);
}

/// <param name="Section">Which one.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record FlatSection(CompiledSection Section, FlatWriter Content);
