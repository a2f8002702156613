using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using McpRuntime.Testing;

namespace McpRuntime.Release.Tests;

/// <summary>The archives, checked and unpacked as the text inside says.</summary>
public class ArchiveTests
{
    // Folders of files that lie side by side on the page of a release.
    private static readonly string[] Released = ["archives", "bundle", "plugin", "registry", "sbom"];

    // Packages and images, of which some have the name of another file.
    private static readonly string[] Others = ["containers", "nuget", "gallery"];

    [Fact]
    public void The_sums_name_every_file_of_the_release_once()
    {
        var expected = Released
            .SelectMany(Files)
            .Select(file => (Name: Path.GetFileName(file), File: file))
            .Concat(
                Others.SelectMany(folder =>
                    Files(folder).Select(file => (Name: $"{folder}/{Path.GetFileName(file)}", File: file))
                )
            )
            .Select(made => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(made.File)))}  {made.Name}")
            .Order(StringComparer.Ordinal);

        var sums = File.ReadAllText(ReleaseOutput.PathOf("SHA256SUMS"));

        Assert.DoesNotContain('\r', sums);
        Assert.Equal(expected, sums.TrimEnd('\n').Split('\n').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_download_beside_the_sums_is_checked_by_sha256sum()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sha256sum is a program of Linux.");
        using var place = new EmptyPlace(sdk: false);
        foreach (var file in ReleaseOutput.Find("archives", "*").Append(ReleaseOutput.PathOf("SHA256SUMS")))
            File.Copy(file, place.PathOf(Path.GetFileName(file)));

        var good = await place.RunAsync("sha256sum", "-c", "--strict", "--ignore-missing", "SHA256SUMS");
        await File.AppendAllTextAsync(
            place.PathOf(Path.GetFileName(ReleaseArchive.Of("mcp-runtime"))),
            "changed",
            TestContext.Current.CancellationToken
        );
        var changed = await place.RunAsync("sha256sum", "-c", "--strict", "--ignore-missing", "SHA256SUMS");

        Assert.True(good.ExitCode == 0, good.ToString());
        Assert.Equal(1, changed.ExitCode);
    }

    [Theory]
    [InlineData("mcp-runtime")]
    [InlineData("mcp-runtime-http")]
    public async Task An_unpacked_program_starts_without_an_installed_dotnet(string command)
    {
        using var place = new EmptyPlace(sdk: false);
        var folder = ReleaseArchive.Unpack(command, place.Path);

        var version = await place.OutputAsync(
            Path.Combine(folder, OperatingSystem.IsWindows() ? $"{command}.exe" : command),
            "--version"
        );

        Assert.StartsWith(ReleaseOutput.Version, version, StringComparison.Ordinal);
        Assert.Equal(
            await File.ReadAllTextAsync(RepositoryRoot.PathOf("LICENSE"), TestContext.Current.CancellationToken),
            await File.ReadAllTextAsync(Path.Combine(folder, "LICENSE"), TestContext.Current.CancellationToken)
        );
        var readme = await File.ReadAllTextAsync(
            Path.Combine(folder, "README.md"),
            TestContext.Current.CancellationToken
        );
        Assert.Contains($"{command} --help", readme, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", readme, StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_are_sorted_of_one_time_and_of_no_owner_so_that_the_same_files_make_the_same_archive()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Archives for Windows are zips.");
        using var gzip = new GZipStream(File.OpenRead(ReleaseArchive.Of("mcp-runtime")), CompressionMode.Decompress);
        using var reader = new TarReader(gzip);
        var entries = new List<TarEntry>();
        while (reader.GetNextEntry() is { } entry)
            entries.Add(entry);

        Assert.Equal(
            entries.Select(entry => entry.Name).Order(StringComparer.Ordinal),
            entries.Select(entry => entry.Name)
        );
        Assert.Single(entries.Select(entry => entry.ModificationTime).Distinct());
        Assert.All(entries, entry => Assert.Equal((0, 0), (entry.Uid, entry.Gid)));
        Assert.Equal(
            ["createdump", "mcp-runtime"],
            entries
                .Where(entry => entry.Mode.HasFlag(UnixFileMode.UserExecute))
                .Select(entry => Path.GetFileName(entry.Name))
        );
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.Exists(Path.Combine(ReleaseOutput.Folder, folder)) ? ReleaseOutput.Find(folder, "*") : [];
}
