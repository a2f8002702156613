using System.Text;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Compiled;
using McpRuntime.Connectors.Guidance;
using McpRuntime.Connectors.Listing;
using McpRuntime.Manifests;
using McpRuntime.Server;
using McpRuntime.Testing;
using McpRuntime.Validation;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpRuntime.Tests.Connectors.Compiled;

/// <summary>
/// A cache folder of its own; each <see cref="Open"/> is another process as far as the cache can tell.
/// </summary>
internal sealed class CompiledFixture : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public string CacheFolder => _root.PathOf("cache");

    public string Folder => _root.PathOf("cache", "manifests");

    public string PathOf(string name) => _root.PathOf(name);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static ContentKey KeyOf(byte[] text, string source = "x.yaml") => ContentKey.Of(text, source);

    public CompiledManifests Open() => new(CacheFolder, NullLogger.Instance);

    /// <summary>Reads a manifest and keeps it; gives the file that keeps it.</summary>
    public async Task<string> KeepAsync(byte[] text, string source = "x.yaml")
    {
        var cache = Open();
        Assert.True(cache.Read(text, source).IsValid);
        cache.Keep();
        await cache.Kept.WaitAsync(ProcessRunner.HangGuard, TestContext.Current.CancellationToken);
        return Path.Combine(Folder, KeyOf(text, source) + ".manifest");
    }

    /// <summary>What was kept of a manifest, by a process that finds it; null where it finds nothing.</summary>
    public ManifestReadResult? Find(byte[] text, string source = "x.yaml") => Open().Find(KeyOf(text, source), source);

    /// <summary>The same manifest, findings and lists.</summary>
    public static void AssertSame(ManifestReadResult expected, ManifestReadResult actual)
    {
        Assert.Equal(expected.Findings, actual.Findings);
        Assert.Equal(
            Encoding.UTF8.GetString(ManifestWriter.ToUtf8(expected.Manifest!).Span),
            Encoding.UTF8.GetString(ManifestWriter.ToUtf8(actual.Manifest!).Span)
        );
        foreach (var withOutputSchemas in (bool[])[false, true])
            Assert.Equal(List(expected.Manifest!, withOutputSchemas), List(actual.Manifest!, withOutputSchemas));
        Assert.Equal(Instructions(expected.Manifest!, _ => true), Instructions(actual.Manifest!, _ => true));
        // Of some of the tools something else is said.
        Assert.Equal(
            Instructions(expected.Manifest!, tool => tool.IsReadOnly),
            Instructions(actual.Manifest!, tool => tool.IsReadOnly)
        );
    }

    /// <summary>
    /// A manifest whose content is wrong in the cache is read anew, and the answer is the same as without a cache.
    /// </summary>
    public void AssertReadAnew(byte[] text, string source = "x.yaml")
    {
        Assert.Null(Find(text, source));
        AssertSame(ManifestReader.Read(text, source), Open().Read(text, source));
    }

    public void Dispose() => _root.Dispose();

    private static string Instructions(ConnectorManifest manifest, Func<ServedTool, bool> allows) =>
        ServerInstructions.Of(ToolCatalog.Create([manifest]).Where(allows));

    private static string List(ConnectorManifest manifest, bool withOutputSchemas) =>
        Encoding.UTF8.GetString(
            ToolListWriter.WriteLine(
                new ToolList(ToolCatalog.Create([manifest]), [], new ListForm(withOutputSchemas)),
                new ListForm(withOutputSchemas)
            )
        );
}
