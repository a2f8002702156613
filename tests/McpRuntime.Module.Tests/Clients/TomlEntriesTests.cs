using System.Text;
using McpRuntime.Cmdlets.Clients;
using McpRuntime.Cmdlets.Processes;

namespace McpRuntime.Module.Tests.Clients;

public class TomlEntriesTests
{
    private const string Entry = """
        [mcp_servers.mine]
        command = "pwsh"
        args = ["-Command", "Import-Module '/m.psd1'; Start-McpRuntime"]

        """;

    private static readonly TomlEntries Entries = new(ClientProfile.Of(McpClient.Codex));

    private static readonly LaunchCommand Launch = new(
        "pwsh",
        ["-Command", "Import-Module '/m.psd1'; Start-McpRuntime"]
    );

    [Theory]
    [InlineData("")]
    [InlineData("model = 'x' # mine\n")]
    [InlineData("[a]\nb = 1\n\n# end\n")]
    [InlineData("[a]\r\nb = 1\r\n")]
    [InlineData("\uFEFFa = 1\n")]
    [InlineData("mcp_servers.other.command = 'x'\n")]
    [InlineData("[mcp_servers]\nother = { command = 'x' } # stays\n\n[z]\n")]
    [InlineData("[mcp_servers.mine2]\ncommand = 'x'\n")]
    public void What_is_added_is_removed_again_and_the_rest_keeps_its_bytes(string before)
    {
        var added = Add(before);

        Assert.StartsWith(before, added, StringComparison.Ordinal);
        Assert.EndsWith(
            Entry.ReplaceLineEndings(before.Contains('\r', StringComparison.Ordinal) ? "\r\n" : "\n"),
            added,
            StringComparison.Ordinal
        );
        Assert.Equal(before, Remove(added));
    }

    [Theory]
    [InlineData(
        "[mcp_servers.mine]\ncommand = 'old'\nargs = [ 'Start-McpRuntime', # c\n]\n\n# after\n[z]\nq = 1\n",
        "",
        "\n# after\n[z]\nq = 1\n"
    )]
    [InlineData(
        "# top\n[mcp_servers.\"mine\"]\ncommand = 'old'\n\n[mcp_servers.mine.env]\nA = '1'\n\n[z]\n",
        "# top\n",
        "\n[z]\n"
    )]
    [InlineData("[x]\n\n[mcp_servers.mine.env]\nA = '1'\n\n[mcp_servers.mine]\ncommand = 'old'\n", "[x]\n\n", "")]
    public void An_entry_is_replaced_where_it_is_with_the_tables_below_it(string text, string before, string after) =>
        Assert.Equal(before + Entry + after, Add(text));

    [Theory]
    [InlineData(
        "[mcp_servers]\nmine = { command = 'old' } # c\nother.command = 'x'\n",
        "[mcp_servers]\nother.command = 'x'\n\n" + Entry
    )]
    [InlineData("[mcp_servers]\nmine.command = 'old'\nmine.args = []\n", "[mcp_servers]\n\n" + Entry)]
    [InlineData("mcp_servers.mine.command = 'old'\nq = 1", "q = 1\n\n" + Entry)]
    public void An_entry_in_another_form_becomes_a_table(string text, string expected) =>
        Assert.Equal(expected, Add(text));

    [Theory]
    [InlineData("[mcp_servers.mine]\nargs = ['-Command', 'Start-McpRuntime']\n", true)]
    [InlineData("[mcp_servers]\nmine = { args = ['Start-McpRuntime'] }\n", true)]
    [InlineData("[mcp_servers.mine]\nurl = 'https://x'\nbearer_token_env_var = 'MCP_RUNTIME_TOKEN_MINE'\n", true)]
    [InlineData("[mcp_servers.mine]\ncommand = 'node'\nargs = ['x.js']\n", false)]
    [InlineData("[mcp_servers.mine]\nurl = 'https://x'\nbearer_token_env_var = 'OTHER'\n", false)]
    [InlineData("[mcp_servers.other]\nargs = ['Start-McpRuntime']\n", null)]
    public void An_entry_of_this_module_is_known_by_its_command_or_token(string text, bool? isOurs) =>
        Assert.Equal(isOurs, Entries.IsOurs(Encoding.UTF8.GetBytes(text), "mine"));

    [Theory]
    [InlineData("a = \n", "at line 1")]
    [InlineData("[a]\nx = 1\n[a]\n", "at line 3")]
    [InlineData("mcp_servers = { mine = {} }\n", "at line 1")]
    [InlineData("[[mcp_servers]]\n", "at line 1")]
    public void A_text_that_cannot_be_changed_safely_is_refused(string text, string place) =>
        Assert.Contains(place, Assert.Throws<ClientTextException>(() => Add(text)).Problem, StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused() =>
        Assert.Throws<ClientTextException>(() => Entries.AddLocal([0x61, 0xFF], "mine", Launch));

    [Fact]
    public void Any_name_is_a_key()
    {
        var text = Encoding.UTF8.GetString(Entries.AddLocal([], "a.b \"c\"", Launch));

        Assert.StartsWith("[mcp_servers.\"a.b \\\"c\\\"\"]\n", text, StringComparison.Ordinal);
        Assert.Equal("", Encoding.UTF8.GetString(Entries.Remove(Encoding.UTF8.GetBytes(text), "a.b \"c\"")));
    }

    private static string Add(string text) =>
        Encoding.UTF8.GetString(Entries.AddLocal(Encoding.UTF8.GetBytes(text), "mine", Launch));

    private static string Remove(string text) =>
        Encoding.UTF8.GetString(Entries.Remove(Encoding.UTF8.GetBytes(text), "mine"));
}
