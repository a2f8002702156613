using McpRuntime.Commands;
using McpRuntime.Json;

namespace McpRuntime.Core.Tests.Commands;

/// <summary>Commands for the tools of MCP servers.</summary>
public sealed class ServerCommandsTests
{
    [Theory]
    [InlineData("list_directory", "Get-Directory")]
    [InlineData("read_text_file", "Get-TextFile")]
    [InlineData("write_file", "Set-File")]
    [InlineData("create_entities", "New-Entity")]
    [InlineData("search_nodes", "Find-Node")]
    [InlineData("move_file", "Move-File")]
    [InlineData("git_commit", "Invoke-GitCommit")]
    [InlineData("browser_navigate_back", "Invoke-BrowserNavigateBack")]
    [InlineData("issueRead", "Get-Issue")]
    [InlineData("petshop__list_pets", "Get-PetshopPet")]
    [InlineData("acme_mail__search", "Invoke-AcmeMailSearch")]
    [InlineData("echo", "Invoke-Echo")]
    [InlineData("search", "Invoke-Search")]
    [InlineData("2fa", "Invoke-Tool2fa")]
    [InlineData("läuft", "Invoke-LUft")]
    public void A_tool_has_a_verb_and_a_noun(string tool, string command) =>
        Assert.Equal(command, Assert.Single(Plan(Tool(tool)).Commands).Name.ToString());

    [Fact]
    public void A_tool_that_only_reads_gets() =>
        Assert.Equal("Get-GitStatus", Plan(Tool("git_status") with { IsReadOnly = true }).Commands[0].Name.ToString());

    [Fact]
    public void A_list_and_its_item_are_one_command()
    {
        var command = Assert.Single(Plan(Tool("list_pets"), Tool("get_pet", "id")).Commands);

        Assert.Equal("Get-Pet", command.Name.ToString());
        Assert.Equal(2, command.Sets.Count);
    }

    [Fact]
    public void Tools_that_cannot_share_a_command_have_all_words_of_their_names()
    {
        var plan = Plan(Tool("read_file", "path"), Tool("get_file", "path"), Tool("fetch_file", "path"));

        Assert.Equal(
            ["Get-FetchFile", "Get-File", "Get-ReadFile"],
            plan.Commands.Select(command => command.Name.ToString()).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void The_order_of_tools_does_not_matter()
    {
        ServerTool[] tools = [Tool("read_file", "path"), Tool("get_file", "path"), Tool("list_files"), Tool("files")];

        Assert.Equal(Names(Plan(tools)), Names(Plan([.. tools.Reverse()])));
    }

    [Fact]
    public void Names_that_are_alike_but_for_their_spelling_are_numbered()
    {
        var plan = Plan(Tool("get_file"), Tool("get-file"), Tool("getFile"));

        Assert.Equal(3, plan.Commands.Select(command => command.Name).Distinct().Count());
    }

    private static IEnumerable<string> Names(CommandPlan plan) =>
        plan
            .Commands.SelectMany(command => command.Sets.Select(set => $"{set.Tool.Name} {command.Name} {set.Name}"))
            .Order(StringComparer.Ordinal);

    private static CommandPlan Plan(params ServerTool[] tools) => ServerCommands.Plan(tools);

    private static ServerTool Tool(string name, params string[] required) =>
        new(
            name,
            JsonText.Parse(
                $$"""
                {
                  "type": "object",
                  "properties": { {{string.Join(',', required.Select(argument => $"\"{argument}\": {{}}"))}} },
                  "required": [ {{string.Join(',', required.Select(argument => $"\"{argument}\""))}} ]
                }
                """
            ),
            IsReadOnly: false
        );
}
