using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace McpRuntime.Release.Tests;

/// <summary>A NuGet package of the release, read.</summary>
internal sealed class ToolPackage : IDisposable
{
    private readonly ZipArchive _archive;

    public ToolPackage(string path)
    {
        Name = Path.GetFileName(path);
        _archive = ZipFile.OpenRead(path);
        using var nuspec = _archive
            .Entries.Single(entry => entry.Name.EndsWith(".nuspec", StringComparison.Ordinal))
            .Open();
        Metadata = XElement.Load(nuspec).Elements().Single(element => element.Name.LocalName == "metadata");
    }

    /// <summary>The file's name.</summary>
    public string Name { get; }

    /// <summary>The nuspec's <c>metadata</c>.</summary>
    public XElement Metadata { get; }

    /// <summary>Paths of what users get; without NuGet's own parts of the archive.</summary>
    public IReadOnlyList<string> Files =>
        [
            .. _archive
                .Entries.Select(entry => entry.FullName)
                .Where(name =>
                    !name.StartsWith("_rels/", StringComparison.Ordinal)
                    && !name.StartsWith("package/", StringComparison.Ordinal)
                    && name != "[Content_Types].xml"
                    && !name.EndsWith(".nuspec", StringComparison.Ordinal)
                ),
        ];

    public IReadOnlyList<string> Types =>
        [
            .. Metadata
                .Descendants()
                .Where(element => element.Name.LocalName == "packageType")
                .Select(type => (string)type.Attribute("name")!),
        ];

    public string? this[string element] =>
        Metadata.Elements().SingleOrDefault(child => child.Name.LocalName == element)?.Value;

    public string Text(string path)
    {
        using var reader = new StreamReader(_archive.GetEntry(path)!.Open());
        return reader.ReadToEnd();
    }

    public byte[] Bytes(string path)
    {
        using var bytes = new MemoryStream();
        using var stream = _archive.GetEntry(path)!.Open();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>Whether an assembly was compiled ahead of time: it has a managed native header.</summary>
    public bool IsReadyToRun(string path)
    {
        using var reader = new PEReader(new MemoryStream(Bytes(path)));
        return reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }

    public void ExtractTo(string folder) => _archive.ExtractToDirectory(folder);

    public void Dispose() => _archive.Dispose();
}
