namespace McpRuntime.Http.Page;

/// <summary>Files that are part of the executable.</summary>
internal static class EmbeddedFile
{
    public static byte[] Read(string name)
    {
        using var resource = typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
