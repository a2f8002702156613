namespace McpRuntime.Testing;

/// <summary>Places in the checkout that the tests run from.</summary>
public static class RepositoryRoot
{
    /// <summary>The folder that holds <c>McpRuntime.slnx</c>.</summary>
    public static string Path { get; } = Find();

    /// <summary>A path below the root.</summary>
    public static string PathOf(params ReadOnlySpan<string> names) => System.IO.Path.Combine([Path, .. names]);

    private static string Find()
    {
        var start = AppContext.BaseDirectory;
        for (var folder = start; folder is not null; folder = System.IO.Path.GetDirectoryName(folder))
        {
            if (File.Exists(System.IO.Path.Combine(folder, "McpRuntime.slnx")))
                return folder;
        }
        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds McpRuntime.slnx.");
    }
}
