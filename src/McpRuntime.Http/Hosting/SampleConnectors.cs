using McpRuntime.Http.Page;

namespace McpRuntime.Http.Hosting;

/// <summary>The sample connectors, which development starts with so that there is something to look at.</summary>
internal static class SampleConnectors
{
    private const string Prefix = "samples/";

    /// <summary>Writes them into a folder that holds no manifest yet; a user's own are never mixed with them.</summary>
    public static int Install(string folder)
    {
        Directory.CreateDirectory(folder);
        if (Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Any())
            return 0;
        var names = typeof(SampleConnectors)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToArray();
        foreach (var name in names)
            Write(Path.Combine(folder, name[Prefix.Length..]), EmbeddedFile.Read(name));
        return names.Length;
    }

    // The folder may be watched already: a manifest appears whole.
    private static void Write(string path, byte[] content)
    {
        var temporary = path + ".tmp";
#pragma warning disable RS0030
        File.WriteAllBytes(temporary, content);
#pragma warning restore RS0030
        File.Move(temporary, path, overwrite: true);
    }
}
