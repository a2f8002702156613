namespace McpRuntime.Tests.Validation.JsonSchemas;

/// <summary>What lies in <c>tests/external</c>: tools and cases of others, which are fetched and never committed.</summary>
internal static class External
{
    /// <summary>A file or folder below <c>tests/external</c> of the repository that holds this assembly; null when absent.</summary>
    public static string? Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "tests", "external", path);
            if (Path.Exists(candidate))
                return candidate;
        }

        return null;
    }
}
