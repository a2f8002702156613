using McpRuntime.Manifests;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Architecture;

/// <summary>What each folder of Core may depend on (docs/design.md). A line that is added here is a decision.</summary>
public class FolderTests
{
    private static readonly string Core = typeof(ConnectorManifest).Assembly.Location;

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Diagnostics"] = [],
        ["Configuration"] = [],
        ["Concurrency"] = [],
        ["Files"] = [],
        ["Http"] = ["Diagnostics"],
        ["Json"] = ["Diagnostics"],
        ["Network"] = ["Configuration", "Diagnostics"],
        ["Approvals"] = ["Files", "Network"],
        ["Documents"] = ["Concurrency", "Configuration", "Diagnostics", "Files", "Json"],
        ["Manifests"] = ["Concurrency", "Configuration", "Diagnostics", "Documents", "Http", "Json"],
        ["Locks"] = ["Configuration", "Diagnostics", "Files", "Json", "Manifests"],
        ["Commands"] = ["Diagnostics", "Json", "Manifests"],
        ["Validation"] = ["Configuration", "Diagnostics", "Documents", "Http", "Json", "Manifests"],
        ["Credentials"] = ["Approvals", "Configuration", "Diagnostics", "Files", "Http", "Manifests", "Network"],
        ["SignInFlows"] = ["Approvals", "Configuration", "Credentials", "Diagnostics", "Http", "Manifests", "Network"],
        ["Calls"] =
        [
            "Approvals",
            "Configuration",
            "Credentials",
            "Diagnostics",
            "Http",
            "Json",
            "Manifests",
            "Network",
        ],
        ["OpenApi"] =
        [
            "Calls",
            "Concurrency",
            "Configuration",
            "Diagnostics",
            "Documents",
            "Http",
            "Json",
            "Manifests",
            "Network",
        ],
        ["Import"] =
        [
            "Approvals",
            "Commands",
            "Configuration",
            "Diagnostics",
            "Documents",
            "Files",
            "Json",
            "Manifests",
            "Network",
            "OpenApi",
            "Validation",
        ],
        ["Connectors"] =
        [
            "Configuration",
            "Diagnostics",
            "Documents",
            "Files",
            "Json",
            "Locks",
            "Manifests",
            "Validation",
        ],
        ["Results"] = ["Configuration", "Files"],
        ["Search"] = ["Connectors", "Json", "Manifests"],
        ["Server"] =
        [
            "Approvals",
            "Calls",
            "Configuration",
            "Connectors",
            "Credentials",
            "Diagnostics",
            "Http",
            "Json",
            "Manifests",
            "Network",
            "Results",
            "Search",
        ],
    };

    [Fact]
    public void Folders_depend_only_on_those_that_are_listed()
    {
        var graph = FolderGraph.Of(Core, "McpRuntime");
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), graph.Folders);
        Assert.All(graph.Dependencies, folder =>
            Assert.All(folder.Value, target =>
                Assert.True(
                    Allowed.TryGetValue(folder.Key, out var allowed) && allowed.Contains(target),
                    $"{folder.Key} depends on {target}: {graph.Reason(folder.Key, target)}."
                )
            )
        );
    }

    [Fact]
    public void There_is_no_cycle() => Assert.Null(FolderGraph.Of(Core, "McpRuntime").FindCycle());

    // The folders below Calls are the way of a call: plan, arguments, request, sending, answers.
    [Theory]
    [InlineData("Calls")]
    [InlineData("Commands")]
    [InlineData("Connectors")]
    [InlineData("Import")]
    [InlineData("Json")]
    [InlineData("Json.Schemas")]
    public void A_folder_and_its_parts_have_no_cycle(string folder) =>
        Assert.Null(FolderGraph.Of(Core, $"McpRuntime.{folder}", withRoot: true).FindCycle());

    [Theory]
    [InlineData("Documents")]
    [InlineData("OpenApi")]
    [InlineData("Search")]
    public void Parts_of_a_folder_have_no_cycle(string folder) =>
        Assert.Null(FolderGraph.Of(Core, $"McpRuntime.{folder}").FindCycle());

    [Theory]
    [InlineData("Cycle", "Left → Right (Egg uses Hen); Right → Left (Hen uses Egg)")]
    [InlineData("AttributeCycle", "Left → Right (Door uses Key); Right → Left (Key uses Door)")]
    public void A_cycle_is_found(string folder, string cycle) =>
        Assert.Equal(
            cycle,
            FolderGraph.Of(typeof(FolderTests).Assembly.Location, $"McpRuntime.Tests.Architecture.{folder}").FindCycle()
        );
}
