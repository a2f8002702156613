using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Release.Tests;

/// <summary>An image as <c>docker load</c> reads it: its configuration, and the layer that the release added.</summary>
internal sealed class ContainerArchive : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ContainerArchive(string path)
    {
        TarFile.ExtractToDirectory(path, _folder.Path, overwriteFiles: false);
        var image = Json("manifest.json")[0];
        Tags = [.. image.GetProperty("RepoTags").EnumerateArray().Select(tag => tag.GetString()!)];
        Description = Json(image.GetProperty("Config").GetString()!);
        LayerPaths = [.. image.GetProperty("Layers").EnumerateArray().Select(layer => layer.GetString()!)];
        Entries = ReadEntries();
    }

    public IReadOnlyList<string> Tags { get; }

    /// <summary>The image's configuration: architecture, layers, and <see cref="Settings"/>.</summary>
    public JsonElement Description { get; }

    /// <summary>What a container starts with: user, command, variables, labels, ports.</summary>
    public JsonElement Settings => Description.GetProperty("config");

    /// <summary>Variables of the image, in its order.</summary>
    public IReadOnlyDictionary<string, string> Variables =>
        Texts("Env").Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    public IReadOnlyList<string> LayerPaths { get; }

    /// <summary>Files and folders of the layer that the release added, without their content.</summary>
    public IReadOnlyList<TarEntry> Entries { get; }

    /// <summary>The digest of each layer's content, as the configuration must name it.</summary>
    public IEnumerable<string> LayerDigests()
    {
        foreach (var path in LayerPaths)
        {
            using var content = Layer(path);
            yield return $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";
        }
    }

    /// <summary>A list of texts of <see cref="Settings"/>; empty where there is none.</summary>
    public IReadOnlyList<string> Texts(string name) =>
        Settings.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(text => text.GetString()!)] : [];

    /// <summary>Names of the members of an object of <see cref="Settings"/>; empty where there is none.</summary>
    public IReadOnlyList<string> Names(string name) =>
        Settings.TryGetProperty(name, out var members) ? [.. members.EnumerateObject().Select(one => one.Name)] : [];

    /// <summary>Writes what the release added to a folder, as if that were the container's root.</summary>
    public void ExtractTo(string folder)
    {
        using var content = Layer(LayerPaths[^1]);
        TarFile.ExtractToDirectory(content, folder, overwriteFiles: false);
    }

    public void Dispose() => _folder.Dispose();

    private GZipStream Layer(string path) => new(File.OpenRead(_folder.PathOf(path)), CompressionMode.Decompress);

    private JsonElement Json(string name) => JsonElement.Parse(File.ReadAllText(_folder.PathOf(name)));

    private List<TarEntry> ReadEntries()
    {
        using var content = Layer(LayerPaths[^1]);
        using var reader = new TarReader(content);
        var entries = new List<TarEntry>();
        while (reader.GetNextEntry() is { } entry)
            entries.Add(entry);
        return entries;
    }
}
