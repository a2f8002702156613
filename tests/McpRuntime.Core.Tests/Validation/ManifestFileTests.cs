using System.Text;
using McpRuntime.Diagnostics;
using McpRuntime.Manifests;
using McpRuntime.Tests.Manifests;
using McpRuntime.Validation;

namespace McpRuntime.Tests.Validation;

public sealed class ManifestFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mcp-manifests").FullName;

    private readonly ConnectorManifest _manifest = ManifestReader
        .Read(Encoding.UTF8.GetBytes(ManifestSamples.Current), null)
        .Manifest!;

    [Fact]
    public async Task A_manifest_is_saved_below_the_folder_by_its_name()
    {
        var folder = Path.Combine(_folder, "new");
        var path = await Save(folder, overwrite: false);
        Assert.Equal(Path.Combine(folder, "@team", "petstore.yaml"), path);
        Assert.Equal(ManifestSamples.Current, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal([path], Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(folder)
            );
    }

    [Fact]
    public async Task An_existing_file_is_replaced_only_on_demand()
    {
        var path = await Save(_folder, overwrite: false);
        await File.WriteAllTextAsync(path, "mine", TestContext.Current.CancellationToken);
        var exception = await Assert.ThrowsAsync<FindingsException>(() => Save(_folder, overwrite: false));
        Assert.Equal("manifest-exists", exception.Findings[0].RuleId);
        Assert.Equal("mine", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        await Save(_folder, overwrite: true);
        Assert.Equal(ManifestSamples.Current, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/x")]
    [InlineData("con")]
    public async Task A_name_that_is_not_a_file_name_is_refused(string name)
    {
        var exception = await Assert.ThrowsAsync<FindingsException>(() =>
            ManifestFile.SaveAsync(
                _folder,
                _manifest with
                {
                    Name = name,
                },
                overwrite: true,
                TestContext.Current.CancellationToken
            )
        );
        Assert.Equal("manifest-not-saved", exception.Findings[0].RuleId);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_folder_in_the_way_is_one_clear_message_and_leaves_nothing()
    {
        var blocked = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(blocked, "", TestContext.Current.CancellationToken);
        var exception = await Assert.ThrowsAsync<FindingsException>(() => Save(blocked, overwrite: true));
        Assert.Equal("manifest-not-saved", Assert.Single(exception.Findings).RuleId);
        Assert.Equal([blocked], Directory.GetFileSystemEntries(_folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_failed_replacement_keeps_the_old_file_and_no_leftovers()
    {
        var path = Path.Combine(_folder, "x.yaml");
        using var cancelled = new CancellationTokenSource();
        await File.WriteAllTextAsync(path, "old", TestContext.Current.CancellationToken);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            ManifestFile.SaveToAsync(path, _manifest, overwrite: true, cancelled.Token)
        );
        Assert.Equal("old", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_link_stays_a_link()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights on Windows");
        var target = Path.Combine(_folder, "real.yaml");
        var link = Path.Combine(_folder, "link.yaml");
        await File.WriteAllTextAsync(target, "old", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(link, target);
        await ManifestFile.SaveToAsync(link, _manifest, overwrite: true, TestContext.Current.CancellationToken);
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Equal(
            ManifestSamples.Current,
            await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken)
        );
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<string> Save(string folder, bool overwrite) =>
        ManifestFile.SaveAsync(folder, _manifest, overwrite, TestContext.Current.CancellationToken);
}
