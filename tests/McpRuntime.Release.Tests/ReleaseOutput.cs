using System.Text.RegularExpressions;
using McpRuntime.Testing;

namespace McpRuntime.Release.Tests;

/// <summary>The folder that <c>eng/release.ps1</c> wrote to, which it names in <c>RELEASE_OUTPUT</c>.</summary>
internal static partial class ReleaseOutput
{
    /// <summary>Its full path. A test that asks for it without such a folder is skipped.</summary>
    public static string Folder
    {
        get
        {
            var folder = Environment.GetEnvironmentVariable("RELEASE_OUTPUT");
            Assert.SkipWhen(folder is null, "There is nothing to install: run ./eng/release.ps1 -DryRun.");
            return folder!;
        }
    }

    /// <summary>The version of the release, from <c>McpRuntime.psd1</c>.</summary>
    public static string Version { get; } =
        VersionLine().Match(File.ReadAllText(RepositoryRoot.PathOf("McpRuntime.psd1"))).Groups[1].Value;

    /// <summary>A path below the folder, which must exist; <c>VERSION</c> stands for the version.</summary>
    public static string PathOf(string name)
    {
        var path = Path.Combine(Folder, name.Replace("VERSION", Version, StringComparison.Ordinal));
        Assert.True(Path.Exists(path), $"{path} was not made.");
        return path;
    }

    /// <summary>The files of a folder that match a pattern, sorted; at least one.</summary>
    public static IReadOnlyList<string> Find(string folder, string pattern)
    {
        string[] files =
        [
            .. Directory
                .EnumerateFiles(PathOf(folder), pattern.Replace("VERSION", Version, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
        Assert.True(files.Length > 0, $"{folder} has no {pattern}.");
        return files;
    }

    [GeneratedRegex(@"ModuleVersion\s*=\s*'([^']+)'")]
    private static partial Regex VersionLine();
}
