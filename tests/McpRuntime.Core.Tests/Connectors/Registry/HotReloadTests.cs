using System.Runtime.InteropServices;
using McpRuntime.Testing;
using static McpRuntime.Tests.Connectors.Registry.RegistryFixture;

namespace McpRuntime.Tests.Connectors.Registry;

public partial class HotReloadTests
{
    private static readonly TimeSpan Never = TimeSpan.FromDays(1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_edited_a_new_and_a_deleted_manifest_are_followed(bool byNotificationAlone)
    {
        using var fixture = new RegistryFixture(poll: byNotificationAlone ? Never : null);
        fixture.Write("a.yaml", Manifest("a", "one"));
        await fixture.StartAsync();
        await fixture.Registry.Following;

        fixture.Write("a.yaml", Manifest("a", "one", "two"));
        Assert.Equal(["one", "two"], (await fixture.NextChangeAsync()).Tools.Tools.Select(tool => tool.Name));
        fixture.Write("b.yaml", Manifest("b", "three"));
        Assert.Equal(["one", "two", "three"], (await fixture.NextChangeAsync()).Tools.Tools.Select(tool => tool.Name));
        File.Delete(fixture.PathOf("a.yaml"));
        Assert.Equal(["three"], (await fixture.NextChangeAsync()).Tools.Tools.Select(tool => tool.Name));
    }

    [Fact]
    public async Task A_manifest_that_becomes_invalid_keeps_its_last_good_version_until_it_is_valid_again()
    {
        using var fixture = new RegistryFixture();
        fixture.Write("a.yaml", Manifest("a", "one"));
        await fixture.StartAsync();
        fixture.Write("a.yaml", "connector: [broken");
        Assert.Contains("a.yaml", await fixture.NextErrorAsync(), StringComparison.Ordinal);
        Assert.Equal(["one"], fixture.ToolNames);
        Assert.True(fixture.Registry.Current.Connectors[0].IsOutdated);
        fixture.Write("a.yaml", Manifest("a", "two"));
        var snapshot = await fixture.NextChangeAsync();
        Assert.Equal(["two"], snapshot.Tools.Tools.Select(tool => tool.Name));
        Assert.False(snapshot.Connectors[0].IsOutdated);
        Assert.Single(fixture.Errors);
    }

    [Fact]
    public async Task Writing_next_to_and_renaming_over_the_file_is_one_change()
    {
        using var fixture = new RegistryFixture();
        fixture.Write("a.yaml", Manifest("a", "one"));
        await fixture.StartAsync();
        fixture.Write("a.yaml.tmp", Manifest("a", "two"));
        File.Move(fixture.PathOf("a.yaml.tmp"), fixture.PathOf("a.yaml"), overwrite: true);
        Assert.Equal(["two"], (await fixture.NextChangeAsync()).Tools.Tools.Select(tool => tool.Name));
        Assert.Empty(fixture.Errors);
    }

    [Fact]
    public async Task An_edit_that_keeps_length_and_time_is_noticed_when_the_file_system_tells()
    {
        using var fixture = new RegistryFixture(poll: Never);
        var path = fixture.Write("a.yaml", Manifest("a", "one"));
        var time = File.GetLastWriteTimeUtc(path);
        await fixture.StartAsync();
        await fixture.Registry.Following;
        fixture.Write("a.yaml", Manifest("a", "two"), time);
        Assert.Equal(["two"], (await fixture.NextChangeAsync()).Tools.Tools.Select(tool => tool.Name));
    }

    [Fact]
    public async Task A_folder_may_appear_later_and_go_away_and_come_back()
    {
        using var fixture = new RegistryFixture();
        await fixture.StartAsync();
        fixture.Write("@team/a.yaml", Manifest("@team/a", "one"));
        Assert.Equal(["one"], (await fixture.NextChangeAsync()).Tools.Tools.Select(tool => tool.Name));
        Directory.Delete(fixture.Folder, recursive: true);
        Assert.Empty((await fixture.NextChangeAsync()).Tools.Tools);
        fixture.Write("b.yaml", Manifest("b", "two"));
        Assert.Equal(["two"], (await fixture.NextChangeAsync()).Tools.Tools.Select(tool => tool.Name));
    }

    [Fact]
    public async Task A_change_that_the_file_system_does_not_tell_of_is_found_by_polling()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        using var elsewhere = new TemporaryFolder();
        using var fixture = new RegistryFixture();
        elsewhere.Write("a.yaml", Manifest("a", "one"));
        Directory.CreateDirectory(fixture.Folder);
        File.CreateSymbolicLink(fixture.PathOf("a.yaml"), elsewhere.PathOf("a.yaml"));
        Assert.Equal(["one"], (await fixture.StartAsync()).Tools.Tools.Select(tool => tool.Name));
        elsewhere.Write("a.yaml", Manifest("a", "one", "two"));
        Assert.Equal(["one", "two"], (await fixture.NextChangeAsync()).Tools.Tools.Select(tool => tool.Name));
    }

    [Fact]
    public async Task A_link_whose_target_is_swapped_is_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        using var fixture = new RegistryFixture();
        fixture.Write("..v1/a.yaml", Manifest("a", "one"));
        fixture.Write("..v2/a.yaml", Manifest("a", "two", "three"));
        Directory.CreateSymbolicLink(fixture.PathOf("..data"), fixture.PathOf("..v1"));
        File.CreateSymbolicLink(fixture.PathOf("a.yaml"), Path.Combine("..data", "a.yaml"));
        Assert.Equal(["one"], (await fixture.StartAsync()).Tools.Tools.Select(tool => tool.Name));
        // At once, as Kubernetes does: between a deletion and a creation, the folder has no manifest.
        Directory.CreateSymbolicLink(fixture.PathOf("..next"), fixture.PathOf("..v2"));
        Assert.Equal(0, Rename(fixture.PathOf("..next"), fixture.PathOf("..data")));
        Assert.Equal(["two", "three"], (await fixture.NextChangeAsync()).Tools.Tools.Select(tool => tool.Name));
    }

    // What File.Move calls, which does not take a link to a folder for a file.
    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);
}
