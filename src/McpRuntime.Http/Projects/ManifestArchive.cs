using System.IO.Compression;
using System.Text;

namespace McpRuntime.Http.Projects;

/// <summary>Manifests in the history, compressed: those of large APIs have megabytes, and one in ten is left.</summary>
internal static class ManifestArchive
{
    // No manifest begins so; those that were there before the history are in plain.
    private const string Mark = "gzip:";

    public static string Write(string manifest)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(manifest));
        return Mark + Convert.ToBase64String(packed.ToArray());
    }

    public static string Read(string stored)
    {
        if (!stored.StartsWith(Mark, StringComparison.Ordinal))
            return stored;
        using var packed = new MemoryStream(Convert.FromBase64String(stored[Mark.Length..]));
        using var gzip = new GZipStream(packed, CompressionMode.Decompress);
        using var reader = new StreamReader(gzip, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
