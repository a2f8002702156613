using System.Management.Automation.Language;
using McpRuntime.Cmdlets.Commands.Emission;
using McpRuntime.Cmdlets.Commands.Modules;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.Commands.Modules;

/// <summary>The files of a module, and what may be done to a folder.</summary>
public class ModuleFilesTests
{
    private static readonly RequiredModule Runtime = new("McpRuntime", new Version(0, 1, 0), Guid.Empty);
    private static readonly ModuleMarker Marker = new() { Connector = "petstore", Prefix = "Pet" };

    [Theory]
    [InlineData("1.2.3", "1.2.3")]
    [InlineData("v1.2", "1.2.0")]
    [InlineData("3", "3.0.0")]
    [InlineData("1.2.3-beta.1", "1.2.3")]
    [InlineData("1.2.3.4.5", "1.2.3.4")]
    [InlineData("2024-11-05", "2024.0.0")]
    [InlineData("99999999999.1", "0.0.1")]
    [InlineData("latest", "0.0.1")]
    [InlineData("'; $(throw)", "0.0.1")]
    public void A_version_is_made_of_the_numbers_of_the_connectors(string connector, string module) =>
        Assert.Equal(Version.Parse(module), ModuleVersion.Of(connector));

    [Theory]
    [InlineData("/home/o'hara/$(x)/“q”‘s’\n`n")]
    [InlineData(null)]
    public void The_manifest_is_data_and_its_marker_is_read_back(string? path)
    {
        using var folder = new TemporaryFolder();
        var marker = Marker with { ConnectorPath = path };
        var text = ModuleManifestText.Of("a.dll", new Version(1, 0, 0), ["Get-PetPet"], marker, Runtime);
        var file = folder.Write("a.psd1", text);

        Assert.Equal(marker, ModuleMarker.Read(file));
        var tree = Parser.ParseInput(text, out _, out var errors);
        Assert.Empty(errors);
        Assert.NotNull(tree.Find(ast => ast is HashtableAst, searchNestedScriptBlocks: false).SafeGetValue());
    }

    [Fact]
    public void Another_connectors_folder_is_another_module()
    {
        Assert.True(Marker.IsOf("petstore", null));
        Assert.False(Marker.IsOf("petstore", "/elsewhere"));
        Assert.False(Marker.IsOf("Petstore", null));
    }

    [Fact]
    public void A_new_folder_is_there_as_a_whole_and_an_old_one_loses_what_is_stale()
    {
        using var parent = new TemporaryFolder();
        var folder = new ModuleFolder(parent.PathOf("McpRuntime.Petstore"), "McpRuntime.Petstore");
        folder.Write(Files("a"), Marker);
        Assert.True(folder.Has(Files("a")));
        Assert.Equal(
            ["McpRuntime.Petstore"],
            Directory.EnumerateFileSystemEntries(parent.Path).Select(Path.GetFileName)
        );

        parent.Write("McpRuntime.Petstore/notes.dll", "mine");
        folder.Write(Files("b"), Marker);

        Assert.False(folder.Has(Files("a")));
        Assert.True(folder.Has(Files("b")));
        Assert.Equal(
            Files("b")
                .Select(file => file.In(folder.Path))
                .Append(parent.PathOf("McpRuntime.Petstore", "notes.dll"))
                .Order(),
            Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Order()
        );
    }

    [Fact]
    public void A_module_of_another_connector_is_neither_written_nor_named_as_its_own()
    {
        using var parent = new TemporaryFolder();
        var folder = new ModuleFolder(parent.PathOf("McpRuntime.Petstore"), "McpRuntime.Petstore");
        folder.Write(Files("a"), Marker);
        var other = Marker with { Connector = "pet-store" };

        Assert.Contains("'petstore'", folder.Refusal(other), StringComparison.Ordinal);
        Assert.Throws<McpRuntimeException>(() => folder.Write(Files("b"), other));
        Assert.False(folder.IsOf(other));
        Assert.True(folder.Has(Files("a")));
    }

    private static IReadOnlyList<ModuleFile> Files(string title) =>
        CommandModule.FilesOf(
            [SampleCommands.GetPet() with { OutputTypes = [title] }],
            Marker,
            new CommandSource("petstore"),
            new Version(1, 0, 0),
            title,
            Runtime
        );
}
