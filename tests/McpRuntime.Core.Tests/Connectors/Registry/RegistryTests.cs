using McpRuntime.Connectors.Registry;
using McpRuntime.Diagnostics;
using static McpRuntime.Tests.Connectors.Registry.RegistryFixture;

namespace McpRuntime.Tests.Connectors.Registry;

public class RegistryTests
{
    [Fact]
    public async Task Every_manifest_below_the_folder_is_loaded_whatever_its_extension_and_scope()
    {
        using var fixture = new RegistryFixture(hotReload: false);
        fixture.Write("b.yaml", Manifest("b", "b_tool"));
        fixture.Write("a.yml", Manifest("a", "a_tool"));
        fixture.Write("@team/c.yaml", Manifest("@team/c", "c_tool"));
        fixture.Write(
            "d.json",
            """{"connector":{"manifest_version":2,"name":"d","version":"1.0.0","base_url":"https://example.com","tools":[{"name":"d_tool","description":"D.","endpoint":"GET /d","arguments":{},"input_schema":{"type":"object","properties":{}}}]}}"""
        );
        fixture.Write("notes.txt", "no manifest");
        fixture.Write(".hidden.yaml", "no manifest");
        fixture.Write(".git/x.yaml", "no manifest");
        fixture.Write("b.yaml~", "no manifest");
        var snapshot = await fixture.StartAsync();
        Assert.Equal(["@team/c", "a", "b", "d"], snapshot.Connectors.Select(connector => connector.Manifest.Name));
        Assert.Equal(["c_tool", "a_tool", "b_tool", "d_tool"], fixture.ToolNames);
        Assert.Empty(snapshot.Findings);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_has_no_connectors()
    {
        using var fixture = new RegistryFixture(hotReload: false);
        var snapshot = await fixture.StartAsync();
        Assert.Empty(snapshot.Connectors);
        Assert.Empty(fixture.Errors);
    }

    [Fact]
    public async Task An_invalid_manifest_is_reported_and_does_not_keep_the_others_back()
    {
        using var fixture = new RegistryFixture(hotReload: false);
        fixture.Write("good.yaml", Manifest("good", "good_tool"));
        var path = fixture.Write("bad.yaml", Manifest("bad", "bad_tool") + "\n  unheard_of: 1");
        var snapshot = await fixture.StartAsync();
        Assert.Equal(["good_tool"], fixture.ToolNames);
        Assert.Contains(snapshot.Findings, finding =>
            finding.Source == path && finding.Severity == FindingSeverity.Error
        );
        Assert.Contains(fixture.Errors, error => error.Contains(path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_two_files_with_one_connector_the_first_by_path_is_served()
    {
        using var fixture = new RegistryFixture(hotReload: false);
        fixture.Write("b.yaml", Manifest("same", "from_b"));
        fixture.Write("a.yaml", Manifest("same", "from_a"));
        var snapshot = await fixture.StartAsync();
        Assert.Equal(["from_a"], fixture.ToolNames);
        var finding = Assert.Single(snapshot.Findings);
        Assert.Equal("duplicate-connector-name", finding.RuleId);
        Assert.Equal(fixture.PathOf("b.yaml"), finding.Source);
    }

    [Fact]
    public async Task A_name_that_two_connectors_have_is_logged_as_a_warning()
    {
        using var fixture = new RegistryFixture(hotReload: false);
        fixture.Write("a.yaml", Manifest("a", "find"));
        fixture.Write("b.yaml", Manifest("b", "find", "echo"));
        await fixture.StartAsync();
        Assert.Equal(["a__find", "b__find", "b__echo"], fixture.ToolNames);
        Assert.Contains(fixture.Warnings, warning => warning.Contains("a__find, b__find", StringComparison.Ordinal));
        Assert.Contains(fixture.Warnings, warning => warning.Contains("b__echo", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_manifest_over_the_limit_is_a_finding_that_says_so()
    {
        using var fixture = new RegistryFixture(hotReload: false);
        var path = fixture.Write("big.yaml", Manifest("big", "big_tool") + new string('#', 5000));
        using var registry = new ConnectorRegistry(
            fixture.Options with
            {
                MaxManifestBytes = 5000,
            },
            fixture.Log.CreateLogger<ConnectorRegistry>()
        );
        var snapshot = await registry.ReloadAsync(TestContext.Current.CancellationToken);
        var finding = Assert.Single(snapshot.Findings);
        Assert.Equal(path, finding.Source);
        Assert.Contains("5000 is the limit", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reload_on_request_reads_only_what_changed_and_raises_only_for_a_change()
    {
        using var fixture = new RegistryFixture(hotReload: false);
        fixture.Write("a.yaml", Manifest("a", "a_tool"));
        fixture.Write("b.yaml", Manifest("b", "b_tool"));
        var raised = 0;
        fixture.Registry.Changed += (_, _) => raised++;
        var before = await fixture.StartAsync();
        await fixture.Registry.ReloadAsync(TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(fixture.PathOf("a.yaml"), DateTime.UtcNow.AddMinutes(1));
        await fixture.Registry.ReloadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, raised);
        fixture.Write("b.yaml", Manifest("b", "b_tool", "more"));
        var after = await fixture.Registry.ReloadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, raised);
        Assert.Same(before.Connectors[0].Manifest, after.Connectors[0].Manifest);
        Assert.Same(before.Tools.Tools[0], after.Tools.Tools[0]);
        Assert.Equal(["a_tool", "b_tool", "more"], fixture.ToolNames);
    }

    [Fact]
    public async Task A_look_that_finds_nothing_new_keeps_the_snapshot()
    {
        using var fixture = new RegistryFixture(hotReload: false);
        fixture.Write("a.yaml", Manifest("a", "a_tool"));
        var before = await fixture.StartAsync();
        Assert.Same(before, fixture.Registry.Reload());
        fixture.Write("b.yaml", Manifest("b", "b_tool"));
        var after = fixture.Registry.Reload();
        Assert.NotSame(before, after);
        Assert.Same(after, fixture.Registry.Reload());
        File.Delete(fixture.PathOf("b.yaml"));
        Assert.Single(fixture.Registry.Reload().Connectors);
    }

    [Fact]
    public async Task A_file_of_the_same_length_and_time_in_the_place_of_another_is_read()
    {
        Assert.SkipWhen(
            OperatingSystem.IsWindows(),
            "Windows gives a new file the times of the one whose name it takes."
        );
        using var fixture = new RegistryFixture(hotReload: false);
        var path = fixture.Write("a.yaml", Manifest("a", "one"));
        await fixture.StartAsync();
        var time = File.GetLastWriteTimeUtc(path);
        File.WriteAllText(path + ".new", Manifest("a", "two"));
        File.SetLastWriteTimeUtc(path + ".new", time);
        File.Move(path + ".new", path, overwrite: true);
        fixture.Registry.Reload();
        Assert.Equal(["two"], fixture.ToolNames);
        File.WriteAllText(path, Manifest("a", "six"));
        File.SetLastWriteTimeUtc(path, time);
        fixture.Registry.Reload();
        Assert.Equal(["six"], fixture.ToolNames);
    }
}
