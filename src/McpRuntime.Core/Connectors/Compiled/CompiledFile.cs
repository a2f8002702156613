using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;

namespace McpRuntime.Connectors.Compiled;

/// <summary>
/// The file of a compiled manifest: what it is, which build of the product wrote it, what it was compiled from, a table
/// of sections, a checksum of all that; then the sections, each with a checksum in the table.
/// </summary>
/// <remarks>
/// The checksums tell damage. Against someone who writes a file on purpose, <see cref="CompiledFolder"/> looks at whose
/// it is.
/// </remarks>
internal sealed class CompiledFile
{
    private const ulong Magic = 0x0131_4D52_5043_4D0A;
    private const int GuidBytes = 16;
    private const int SectionBytes = (3 * sizeof(int)) + sizeof(ulong);
    private const int MostSections = 16;
    private const int HeadBytes = sizeof(ulong) + GuidBytes + ContentKey.Bytes + sizeof(int);
    private const int LargestHead = HeadBytes + (MostSections * SectionBytes) + sizeof(ulong);

    // Another one for every build: what one wrote, no other reads.
    private static readonly byte[] Product = typeof(CompiledFile).Module.ModuleVersionId.ToByteArray();

    private readonly SafeFileHandle _handle;
    private readonly Entry[] _sections;

    private CompiledFile(SafeFileHandle handle, Entry[] sections)
    {
        _handle = handle;
        _sections = sections;
    }

    /// <summary>Looks whether a file is one of this build and this content.</summary>
    /// <param name="handle">Not disposed here, and needed by <see cref="Read"/>.</param>
    /// <param name="key">What it must have been compiled from.</param>
    /// <exception cref="InvalidDataException">It is not.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CompiledFile Open(SafeFileHandle handle, ContentKey key)
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
            sections[i] = new Entry((CompiledSection)reader.Int(), reader.Int(), reader.Int(), reader.Long());
            if (sections[i].Start != start || sections[i].Length < 0)
                throw new InvalidDataException("A section is not where it should be.");
            start = checked(start + sections[i].Length);
        }
        if (
            reader.Long() != XxHash64.HashToUInt64(head[..(head.Length - reader.Rest - sizeof(ulong))])
            || RandomAccess.GetLength(handle) != start
        )
            throw new InvalidDataException("It is damaged.");
        return new CompiledFile(handle, sections);
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
        return read == bytes.Length && XxHash64.HashToUInt64(bytes) == entry.Checksum
            ? bytes
            : throw new InvalidDataException("It is damaged.");
    }

    /// <summary>The file as bytes.</summary>
    public static byte[] Write(ContentKey key, params ReadOnlySpan<FlatSection> sections)
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
            start = checked(start + section.Content.Length);
        }
        file.Long(XxHash64.HashToUInt64(file.Written));
        foreach (var section in sections)
            file.Bytes(section.Content.Written);
        return file.Written.ToArray();
    }

    private sealed record Entry(CompiledSection Section, int Start, int Length, ulong Checksum);
}

/// <param name="Section">Which one.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record FlatSection(CompiledSection Section, FlatWriter Content);
