using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using McpRuntime.Testing;

namespace McpRuntime.Release.Tests;

/// <summary>What is in the module's package, and what it says of itself.</summary>
public sealed class ModuleContentTests : IDisposable
{
    // That of all platforms took 36 MB in version 0.1, without win-arm64; that of one platform takes 19 MB.
    private const long LargestPackage = 48_000_000;

    private static readonly string[] Kinds = [".dll", ".so", ".dylib", ".psd1", ".psm1", ".ps1xml", ".txt", ".json"];

    // NuGet's own, which installing leaves out.
    private static readonly string[] OfPackages = ["_rels/", "package/", "[Content_Types].xml", "McpRuntime.nuspec"];

    private readonly ZipArchive _package = ZipFile.OpenRead(ReleaseOutput.PathOf("gallery/McpRuntime.VERSION.nupkg"));

    public void Dispose() => _package.Dispose();

    [Fact]
    public void It_has_the_files_of_the_module_and_no_others()
    {
        var files = _package
            .Entries.Select(entry => entry.FullName)
            .Where(name => !OfPackages.Any(start => name.StartsWith(start, StringComparison.Ordinal)))
            .ToList();

        Assert.All(files.Where(name => name is not "LICENSE" and not "en-US/McpRuntime.Cmdlets.dll-Help.xml"), name =>
            Assert.Contains(Path.GetExtension(name), Kinds)
        );
        Assert.DoesNotContain(files, name =>
            name.Contains("test", StringComparison.OrdinalIgnoreCase)
            || name.Contains("xunit", StringComparison.OrdinalIgnoreCase)
            || name.Contains("System.Management.Automation", StringComparison.Ordinal)
        );
        foreach (var file in new[] { "LICENSE", "McpRuntime.psd1", "McpRuntime.psm1", "bin/McpRuntime.Loader.dll" })
            Assert.Contains(file, files);
        Assert.Contains("gateway/mcp-runtime-http.dll", files);
        Assert.InRange(
            new FileInfo(ReleaseOutput.PathOf("gallery/McpRuntime.VERSION.nupkg")).Length,
            1,
            LargestPackage
        );
    }

    [Fact]
    public void Assemblies_of_a_platform_are_compiled_ahead_of_time_and_portable_ones_are_not()
    {
        var ours = _package.Entries.Where(entry => entry.Name is "McpRuntime.Core.dll" or "McpRuntime.Cmdlets.dll");

        Assert.Contains(ours, entry => entry.FullName.Split('/') is ["bin", _, _]);
        foreach (var entry in ours)
            Assert.True(
                IsCompiled(entry) == entry.FullName.Split('/') is ["bin", _, _],
                $"{entry.FullName} is compiled ahead of time: {IsCompiled(entry)}"
            );
    }

    [Fact]
    public void It_says_what_it_is_who_publishes_it_and_what_it_needs()
    {
        using var nuspec = _package.GetEntry("McpRuntime.nuspec")!.Open();
        var metadata = XElement.Load(nuspec).Elements().Single();
        string Value(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
        var publisher = XElement.Load(RepositoryRoot.PathOf("eng", "Publisher.props")).Element("PropertyGroup")!;
        using var reader = new StreamReader(_package.GetEntry("McpRuntime.psd1")!.Open());
        var manifest = reader.ReadToEnd();

        Assert.Equal(ReleaseOutput.Version, Value("version"));
        Assert.Matches($@"ModuleVersion\s*= '{ReleaseOutput.Version}'", manifest);
        Assert.Equal(publisher.Element("PublisherSite")!.Value, Value("projectUrl"));
        // Get-InstalledPSResource and a repository that is a folder read the manifest.
        Assert.Matches($"ProjectUri\\s*= '{Value("projectUrl")}'", manifest);
        Assert.Matches($"LicenseUri\\s*= '{Value("licenseUrl")}'", manifest);
        Assert.Contains(Value("releaseNotes").Split('\n')[0].Replace("'", "''", StringComparison.Ordinal), manifest);
        Assert.InRange(Value("releaseNotes").Length, 20, 10_000);
        // The icon of the tag that the release gets.
        var icon = $"{publisher.Element("PublisherRepository")!.Value}/raw/v{ReleaseOutput.Version}/";
        Assert.StartsWith(icon, Value("iconUrl"), StringComparison.Ordinal);
        Assert.True(File.Exists(RepositoryRoot.PathOf(Value("iconUrl")[icon.Length..])), Value("iconUrl"));
        var tags = Value("tags").Split(' ');
        foreach (var tag in new[] { "PSModule", "PSEdition_Core", "Linux", "MCP", "PSCmdlet_Import-McpConnector" })
            Assert.Contains(tag, tags);
        var dependency = metadata.Descendants().Single(element => element.Name.LocalName == "dependency");
        Assert.Equal("Microsoft.PowerShell.SecretManagement", dependency.Attribute("id")!.Value);
    }

    // Of assemblies, those that are compiled ahead of time have a header for native code.
    private static bool IsCompiled(ZipArchiveEntry entry)
    {
        using var content = new MemoryStream();
        using (var stream = entry.Open())
            stream.CopyTo(content);
        content.Position = 0;
        using var assembly = new PEReader(content);
        return assembly.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }
}
