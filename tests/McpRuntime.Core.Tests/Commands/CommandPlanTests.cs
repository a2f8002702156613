using McpRuntime.Commands;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Tests.Commands;

public class CommandPlanTests
{
    [Fact]
    public void A_collection_and_its_item_are_sets_of_one_command_and_the_collection_is_the_default()
    {
        var plan = Plan(
            ("Get-RepoIssue", "GET /repos/{owner}/issues/{number}", "owner! number!"),
            ("Get-RepoIssue", "GET /repos/{owner}/issues", "owner! state"),
            ("New-RepoIssue", "POST /repos/{owner}/issues", "owner! title!"),
            (null, "DELETE /repos/{owner}", "owner!")
        );

        Assert.Empty(plan.Findings);
        Assert.Equal(["Get-RepoIssue", "New-RepoIssue"], plan.Commands.Select(command => command.Name.ToString()));
        Assert.Equal(["Get", "List"], plan.Commands[0].Sets.Select(set => set.Name));
        Assert.Equal(1, plan.Commands[0].Default);
        Assert.Equal("New", Assert.Single(plan.Commands[1].Sets).Name);
    }

    [Fact]
    public void Other_sets_are_named_for_the_mandatory_parameter_that_distinguishes_them()
    {
        var plan = Plan(
            ("Remove-Cache", "DELETE /{owner}/caches", "owner! key!"),
            ("Remove-Cache", "DELETE /{owner}/caches/{cache_id}", "owner! cache_id!"),
            ("Get-Thing", "GET /things/{id}", "id!"),
            ("Get-Thing", "GET /things/{id}/of/{owner_id}", "id! owner_id!")
        );

        Assert.Equal(["ByKey", "ByCacheId"], plan.Commands[0].Sets.Select(set => set.Name));
        Assert.Equal(["Get", "ByOwnerId"], plan.Commands[1].Sets.Select(set => set.Name));
    }

    [Theory]
    [InlineData("a!", "a!")]
    [InlineData("a!", "a! b")]
    [InlineData("a! b", "a! b!")]
    [InlineData("a", "b")]
    [InlineData("per_page!", "perPage!")]
    public void A_tool_that_PowerShell_could_not_tell_from_another_is_left_out(string one, string other)
    {
        var plan = Plan(("Get-Thing", "GET /b", other), ("Get-Thing", "GET /a", one));

        Assert.Single(Assert.Single(plan.Commands).Sets);
        var finding = Assert.Single(plan.Findings);
        Assert.Equal(ManifestRules.CommandConflict, finding.RuleId);
        Assert.Contains("Get-Thing", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_has_no_more_sets_than_PowerShell_can_have()
    {
        var plan = Plan([
            .. Enumerable
                .Range(0, CommandPlan.MaxSets + 2)
                .Select(number => ((string?)"Get-Thing", $"GET /things/{{p{number}}}", $"p{number}!")),
        ]);

        Assert.Equal(CommandPlan.MaxSets, Assert.Single(plan.Commands).Sets.Count);
        Assert.Equal(2, plan.Findings.Count);
        Assert.All(plan.Findings, finding =>
            Assert.Contains("more than 15", finding.Message, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_order_of_tools_does_not_change_what_is_left_out_or_the_names_of_sets()
    {
        (string?, string, string)[] tools =
        [
            ("Get-Thing", "GET /a/{x}", "x!"),
            ("get-thing", "GET /b/{x}", "x!"),
            ("Get-Thing", "GET /a/{x}/{y}", "x! y!"),
            ("Get-Thing", "GET /a/{x}/{y}/{z}", "x! y! z!"),
        ];
        var forward = Plan(tools);
        var backward = Plan([.. tools.Reverse()]);

        Assert.Equal("GET /b/{x}", Endpoints(tools).Except(Sets(forward).Keys).Single());
        Assert.Equal(
            Sets(forward).OrderBy(set => set.Key, StringComparer.Ordinal),
            Sets(backward).OrderBy(set => set.Key, StringComparer.Ordinal)
        );
    }

    private static IEnumerable<string> Endpoints((string?, string Endpoint, string)[] tools) =>
        tools.Select(tool => tool.Endpoint);

    private static Dictionary<string, string> Sets(CommandPlan plan) =>
        plan.Commands.SelectMany(command => command.Sets).ToDictionary(set => set.Tool.Endpoint, set => set.Name);

    private static CommandPlan Plan(params (string? Command, string Endpoint, string Arguments)[] tools) =>
        CommandPlan.Of(
            new ConnectorManifest
            {
                Name = "things",
                Version = "1.0.0",
                BaseUrl = "https://things.example",
                Tools =
                [
                    .. tools.Select(
                        (tool, index) =>
                            new ToolManifest
                            {
                                Name = $"tool_{index}",
                                Command = CommandName.TryParse(tool.Command),
                                Endpoint = tool.Endpoint,
                                InputSchema = Schema(tool.Arguments),
                            }
                    ),
                ],
            }
        );

    private static JsonText Schema(string arguments)
    {
        var names = arguments.Split(' ');
        var properties = string.Join(',', names.Select(name => $"\"{name.TrimEnd('!')}\":true"));
        var required = string.Join(',', names.Where(name => name.EndsWith('!')).Select(name => $"\"{name[..^1]}\""));
        return JsonText.Parse($$"""{"type":"object","properties":{ {{properties}} },"required":[{{required}}]}""");
    }
}
