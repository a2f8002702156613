using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using McpRuntime.Testing;

namespace McpRuntime.Release.Tests;

/// <summary>The entry of the MCP Registry says what was made, and what was made belongs to the entry.</summary>
public sealed class RegistryTests
{
    private const string Label = "io.modelcontextprotocol.server.name";

    private static JsonElement Entry =>
        JsonElement.Parse(File.ReadAllText(ReleaseOutput.PathOf("registry/server.json")));

    private static string Name => Entry.GetProperty("name").GetString()!;

    [Fact]
    public void It_fits_the_registry_s_schema() => SchemaFile.Fits("server.schema.json", Entry);

    [Fact]
    public void Its_versions_are_that_of_the_release()
    {
        Assert.Equal(ReleaseOutput.Version, Entry.GetProperty("version").GetString());
        Assert.Equal(ReleaseOutput.Version, Package("nuget").GetProperty("version").GetString());
        Assert.EndsWith($"/mcp-runtime:{ReleaseOutput.Version}", Identifier(Package("oci")), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_values_are_those_of_the_publisher()
    {
        var publisher = File.ReadAllText(RepositoryRoot.PathOf("eng", "Publisher.props"));

        Assert.Contains($"<PublisherRegistryName>{Name}<", publisher, StringComparison.Ordinal);
        Assert.Contains(
            $"<PublisherRepository>{Entry.GetProperty("repository").GetProperty("url").GetString()}<",
            publisher,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"<PublisherContainers>{Identifier(Package("oci")).Split("/mcp-runtime:")[0]}<",
            publisher,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Each_bundle_is_there_with_its_address_and_checksum()
    {
        var entries = Packages("mcpb")
            .ToDictionary(package => Path.GetFileName(new Uri(Identifier(package)).LocalPath));
        var files = ReleaseOutput.Find("bundle", "*.mcpb");

        Assert.Equal(files.Select(Path.GetFileName), entries.Keys.Order(StringComparer.Ordinal));
        foreach (var file in files)
        {
            var entry = entries[Path.GetFileName(file)];
            Assert.Equal(
                Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))),
                entry.GetProperty("fileSha256").GetString()
            );
            Assert.StartsWith(
                $"{Entry.GetProperty("repository").GetProperty("url").GetString()}/releases/download/v{ReleaseOutput.Version}/",
                Identifier(entry),
                StringComparison.Ordinal
            );
        }
    }

    // By these the registry knows that a package and an image belong to who publishes the entry.
    [Fact]
    public void The_package_names_the_entry_and_holds_the_same_description_of_itself()
    {
        using var package = ZipFile.OpenRead(ReleaseOutput.PathOf("nuget/McpRuntime.VERSION.nupkg"));

        Assert.Matches($"mcp-name: {Regex.Escape(Name)}(\\s|<|-->)", Text(package, "README.md"));
        var inside = JsonElement.Parse(Text(package, ".mcp/server.json"));
        Assert.Equal(Name, inside.GetProperty("name").GetString());
        Assert.True(
            JsonElement.DeepEquals(Package("nuget"), Assert.Single(inside.GetProperty("packages").EnumerateArray()))
        );
    }

    [Fact]
    public void The_image_names_the_entry()
    {
        var image = ReleaseOutput.Find("containers", "mcp-runtime-VERSION-*.tar")[0];
        using var archive = new TarReader(File.OpenRead(image));
        var labels = new List<string?>();
        while (archive.GetNextEntry(copyData: true) is { } entry)
        {
            if (entry is not { DataStream: { Length: < 100_000 } data })
                continue;
            using var reader = new StreamReader(data);
            var text = reader.ReadToEnd();
            if (text.Contains(Label, StringComparison.Ordinal))
                labels.Add(
                    JsonElement.Parse(text).GetProperty("config").GetProperty("Labels").GetProperty(Label).GetString()
                );
        }

        Assert.Equal([Name], labels);
    }

    [Fact]
    public void Variables_are_settings_and_secrets_are_marked()
    {
        foreach (var variable in Entry.GetProperty("packages").EnumerateArray().SelectMany(Variables))
        {
            var name = variable.GetProperty("name").GetString()!;
            Assert.StartsWith("MCP_RUNTIME_", name, StringComparison.Ordinal);
            var isSecret = variable.TryGetProperty("isSecret", out var marked) && marked.GetBoolean();
            Assert.Equal(Regex.IsMatch(name, "CREDENTIAL__|TOKEN|PASSWORD|SECRET|KEY$"), isSecret);
        }
    }

    private static IEnumerable<JsonElement> Variables(JsonElement package) =>
        package.TryGetProperty("environmentVariables", out var variables) ? variables.EnumerateArray() : [];

    private static IEnumerable<JsonElement> Packages(string type) =>
        Entry
            .GetProperty("packages")
            .EnumerateArray()
            .Where(package => package.GetProperty("registryType").GetString() == type);

    private static JsonElement Package(string type) => Assert.Single(Packages(type));

    private static string Identifier(JsonElement package) => package.GetProperty("identifier").GetString()!;

    private static string Text(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}
