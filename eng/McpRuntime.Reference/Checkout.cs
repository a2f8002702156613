namespace McpRuntime.Reference;

/// <summary>The repository that the program was built in.</summary>
internal static class Checkout
{
    /// <summary>Its root.</summary>
    public static string Root { get; } = Find();

    /// <summary>A file of it.</summary>
    /// <param name="path">From the root, with <c>/</c>.</param>
    public static string File(string path) => Path.Combine([Root, .. path.Split('/')]);

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (System.IO.File.Exists(Path.Combine(folder, "McpRuntime.slnx")))
                return folder;
        }
        throw new InvalidOperationException($"{AppContext.BaseDirectory} is not in a checkout of the repository.");
    }
}
