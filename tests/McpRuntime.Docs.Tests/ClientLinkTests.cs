using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Web;
using McpRuntime.Testing;

namespace McpRuntime.Docs.Tests;

/// <summary>
/// Each link that adds the server to a client holds what eng/templates/client.json says, in the way that the client
/// reads it. The links are written by eng/Update-ClientLinks.ps1.
/// </summary>
public partial class ClientLinkTests
{
    private static readonly JsonElement Server = JsonElement.Parse(
        File.ReadAllText(RepositoryRoot.PathOf("eng", "templates", "client.json"))
    );

    public static TheoryData<string, string> Links =>
        [
            .. Directory
                .EnumerateFiles(RepositoryRoot.PathOf("docs"), "*.md", SearchOption.AllDirectories)
                .Prepend(RepositoryRoot.PathOf("README.md"))
                .Select(file => Path.GetRelativePath(RepositoryRoot.Path, file))
                .SelectMany(page =>
                    Link()
                        .Matches(File.ReadAllText(RepositoryRoot.PathOf(page)))
                        .Select(match => new TheoryDataRow<string, string>(page, match.Value))
                ),
        ];

    [Theory]
    [MemberData(nameof(Links))]
    public void A_link_adds_the_server(string page, string link)
    {
        var (name, config) = Read(link);

        Assert.True(name == Server.GetProperty("name").GetString(), $"{page}: {link}");
        Assert.Equal(Server.GetProperty("command").GetString(), config.GetProperty("command").GetString());
        Assert.True(
            JsonElement.DeepEquals(Server.GetProperty("args"), config.GetProperty("args")),
            $"{page} is not current. Run: ./eng/Update-ClientLinks.ps1"
        );
        string[] known = ["name", "type", "command", "args"];
        Assert.Empty(config.EnumerateObject().Select(member => member.Name).Except(known));
    }

    [Fact]
    public void The_page_on_clients_has_a_link_for_each()
    {
        var page = File.ReadAllText(RepositoryRoot.PathOf("docs", "clients.md"));
        var targets = Link().Matches(page).Select(match => match.Value.Split('?')[0] + Scheme(match.Value)).Distinct();

        Assert.Equal(
            [
                "https://insiders.vscode.dev/redirect vscode",
                "https://insiders.vscode.dev/redirect vscode-insiders",
                "https://vs-open.link/mcp-install",
                "https://cursor.com/en/install-mcp",
                "https://lmstudio.ai/install-mcp",
            ],
            targets
        );
    }

    private static string Scheme(string link) =>
        HttpUtility.ParseQueryString(new Uri(link).Query)["url"] is { } inner ? $" {new Uri(inner).Scheme}" : "";

    private static (string? Name, JsonElement Config) Read(string link)
    {
        var query = new Uri(link).Query;
        if (link.StartsWith("https://insiders.vscode.dev/", StringComparison.Ordinal))
        {
            // vscode:mcp/install?JSON, whole in the parameter 'url'.
            var inner = HttpUtility.ParseQueryString(query)["url"]!;
            Assert.Matches("^vscode(-insiders)?:mcp/install\\?", inner);
            query = inner[inner.IndexOf('?', StringComparison.Ordinal)..];
        }
        if (HttpUtility.ParseQueryString(query) is { Count: 2 } parameters)
            return (
                parameters["name"],
                JsonElement.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(parameters["config"]!)))
            );
        var config = JsonElement.Parse(Uri.UnescapeDataString(query[1..]));
        return (config.GetProperty("name").GetString(), config);
    }

    [GeneratedRegex(@"https://[a-z.-]+/(redirect\?url=|mcp-install\?|[a-z/]*install-mcp\?)[^)\s]+")]
    private static partial Regex Link();
}
