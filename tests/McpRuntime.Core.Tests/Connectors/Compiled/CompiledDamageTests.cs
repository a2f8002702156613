using System.IO.Hashing;
using System.Text;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Compiled;
using McpRuntime.Connectors.Listing;
using McpRuntime.Server;
using McpRuntime.Tests.Connectors.Registry;
using McpRuntime.Tests.Manifests;
using static McpRuntime.Tests.Connectors.Compiled.CompiledFixture;

namespace McpRuntime.Tests.Connectors.Compiled;

/// <summary>Whatever is wrong with what was kept, the answer is that of the manifest.</summary>
public class CompiledDamageTests
{
    private static readonly byte[] Text = Utf8(ManifestSamples.Current);

    [Fact]
    public async Task A_file_that_is_cut_anywhere_is_not_used()
    {
        using var fixture = new CompiledFixture();
        var file = await fixture.KeepAsync(Text);
        var whole = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        for (var length = 0; length < whole.Length; length += Math.Max(1, length / 10))
        {
            Replace(file, whole.AsSpan(0, length));
            Assert.Null(fixture.Find(Text));
        }
        Replace(file, [.. whole, 0]);
        fixture.AssertReadAnew(Text);
    }

    [Fact]
    public async Task A_file_with_other_bytes_is_not_used()
    {
        using var fixture = new CompiledFixture();
        var file = await fixture.KeepAsync(Text);
        var whole = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        var random = new Random(14);
        for (var round = 0; round < 500; round++)
        {
            var damaged = (byte[])whole.Clone();
            for (var i = random.Next(1, 4); i > 0; i--)
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            if (damaged.AsSpan().SequenceEqual(whole))
                continue;
            Replace(file, damaged);
            // Damage of the list's section alone leaves the manifest as it is.
            if (fixture.Find(Text) is { } found)
                AssertSame(McpRuntime.Validation.ManifestReader.Read(Text, "x.yaml"), found);
        }
        random.NextBytes(whole);
        Replace(file, whole);
        fixture.AssertReadAnew(Text);
    }

    [Fact]
    public async Task A_file_that_belongs_to_another_manifest_is_not_used()
    {
        using var fixture = new CompiledFixture();
        var file = await fixture.KeepAsync(Text);
        var other = await fixture.KeepAsync(Utf8(RegistryFixture.Manifest("other", "other_tool")));
        File.Copy(other, file, overwrite: true);
        fixture.AssertReadAnew(Text);
    }

    [Fact]
    public async Task A_file_of_another_build_is_not_used()
    {
        using var fixture = new CompiledFixture();
        var file = await fixture.KeepAsync(Text);
        var bytes = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        var product = typeof(CompiledFile).Module.ModuleVersionId.ToByteArray();
        var place = bytes.AsSpan().IndexOf(product);
        Assert.True(place > 0);
        bytes[place]++;
        WithChecksum(bytes);
        Replace(file, bytes);
        fixture.AssertReadAnew(Text);

        bytes[place]--;
        WithChecksum(bytes);
        Replace(file, bytes);
        Assert.NotNull(fixture.Find(Text));
    }

    // No one but the user can write such a file; it may be refused, or say something else, but must not bring a server
    // down.
    [Fact]
    public async Task Sections_of_any_bytes_with_right_checksums_end_no_process()
    {
        using var fixture = new CompiledFixture();
        var file = await fixture.KeepAsync(Text);
        var key = KeyOf(Text);
        byte[] manifest,
            entries;
        using (var handle = File.OpenHandle(file))
        {
            manifest = CompiledFile.Open(handle, key).Read(CompiledSection.Manifest)!;
            entries = CompiledFile.Open(handle, key).Read(CompiledSection.Entries)!;
        }
        var random = new Random(15);
        for (var round = 0; round < 500; round++)
        {
            Replace(
                file,
                CompiledFile.Write(
                    key,
                    new FlatSection(CompiledSection.Manifest, Damaged(manifest, random)),
                    new FlatSection(CompiledSection.Entries, Damaged(entries, random))
                )
            );
            if (fixture.Find(Text)?.Manifest is not { } found)
                continue;
            try
            {
                var tools = ToolCatalog.Create([found]);
                _ = ToolListWriter.WriteLine(new ToolList(tools, [], new ListForm()), new ListForm());
                Assert.Equal(found.Tools.Count, tools.Tools.Select(tool => tool.Tool).Count());
            }
            catch (McpRuntimeException)
            {
                // It names the folder to delete.
            }
        }
    }

    [Fact]
    public async Task Without_its_list_a_manifest_is_listed_anew()
    {
        using var fixture = new CompiledFixture();
        var file = await fixture.KeepAsync(Text);
        var key = KeyOf(Text);
        byte[] manifest;
        using (var handle = File.OpenHandle(file))
            manifest = CompiledFile.Open(handle, key).Read(CompiledSection.Manifest)!;
        Replace(file, CompiledFile.Write(key, new FlatSection(CompiledSection.Manifest, Flat(manifest))));
        AssertSame(McpRuntime.Validation.ManifestReader.Read(Text, "x.yaml"), fixture.Find(Text)!);
    }

    private static FlatWriter Damaged(byte[] section, Random random)
    {
        var bytes = (byte[])section.Clone();
        for (var i = random.Next(1, 6); i > 0; i--)
            bytes[random.Next(2) == 0 ? random.Next(Math.Min(64, bytes.Length)) : random.Next(bytes.Length)] = (byte)
                random.Next(256);
        return Flat(bytes.AsSpan(0, random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length));
    }

    private static FlatWriter Flat(ReadOnlySpan<byte> bytes)
    {
        var writer = new FlatWriter();
        writer.Bytes(bytes);
        return writer;
    }

    // Of the head, which ends where the first section starts.
    private static void WithChecksum(byte[] file)
    {
        const int SectionsAt = 8 + 16 + ContentKey.Bytes;
        var end = SectionsAt + 4 + (BitConverter.ToInt32(file, SectionsAt) * 52);
        BitConverter.TryWriteBytes(file.AsSpan(end), XxHash64.HashToUInt64(file.AsSpan(0, end)));
    }

    // In place: the file stays this user's own.
    private static void Replace(string file, ReadOnlySpan<byte> bytes) => File.WriteAllBytes(file, bytes.ToArray());
}
