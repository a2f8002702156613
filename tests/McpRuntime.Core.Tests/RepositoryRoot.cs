namespace McpRuntime.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class RepositoryRoot
{
    internal static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "McpRuntime.slnx")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"No McpRuntime.slnx above {AppContext.BaseDirectory}.");
    }
}
