using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using McpRuntime.Testing;

namespace McpRuntime.Release.Tests;

/// <summary>The plugin folder: an agent's shell can do what its skill says, with the console on the PATH.</summary>
public sealed partial class PluginTests : IClassFixture<UnpackedConsole>, IDisposable
{
    // The Petstore's address, which a test does not ask.
    private const string Petstore = "https://petstore3.swagger.io/api/v3/openapi.json";

    private readonly EmptyPlace _place = new(sdk: false);

    public PluginTests(UnpackedConsole console)
    {
        _place.Set("PATH", $"{console.Path}{Path.PathSeparator}{_place.Variables["PATH"]}");
        ZipFile.ExtractToDirectory(ReleaseOutput.PathOf("plugin/mcp-runtime-VERSION-plugin.zip"), _place.Path);
    }

    public static TheoryData<string> Lines =>
        [
            .. Commands(
                    File.ReadAllText(
                        RepositoryRoot.PathOf("eng", "templates", "plugin", "skills", "mcp-runtime", "SKILL.md")
                    )
                )
                .Distinct(),
        ];

    public void Dispose() => _place.Dispose();

    [Fact]
    public void The_zip_is_the_folder()
    {
        var folder = ReleaseOutput.PathOf("plugin/mcp-runtime");
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);

        Assert.Equal(5, files.Length);
        Assert.All(files, file =>
            Assert.Equal(File.ReadAllText(file), Read(Path.GetRelativePath(Path.GetDirectoryName(folder)!, file)))
        );
    }

    [Fact]
    public void The_manifest_names_the_plugin()
    {
        var manifest = JsonElement.Parse(Read("mcp-runtime/.claude-plugin/plugin.json"));

        Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", manifest.GetProperty("name").GetString());
        Assert.Equal(ReleaseOutput.Version, manifest.GetProperty("version").GetString());
        Assert.DoesNotContain("{{", manifest.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_skill_has_the_name_of_its_folder_and_a_description_that_agents_take()
    {
        var front = FrontMatter().Match(Read("mcp-runtime/skills/mcp-runtime/SKILL.md"));

        Assert.Equal("mcp-runtime", front.Groups["name"].Value);
        var description = JsonSerializer.Deserialize<string>(front.Groups["description"].Value)!;
        Assert.InRange(description.Length, 1, 1024);
        Assert.DoesNotMatch("[<>]", description);
    }

    [Fact]
    public async Task The_server_of_the_folder_answers()
    {
        await using var shop = PetShopServer.Start();
        await _place.OutputAsync("mcp-runtime", "import", shop.DocumentUrl, "--name", "shop", "--allow-private");
        var server = JsonElement
            .Parse(Read("mcp-runtime/.mcp.json"))
            .GetProperty("mcpServers")
            .GetProperty("mcp-runtime");

        var call = await McpCall.SendAsync(
            _place,
            server.GetProperty("command").GetString()!,
            server.GetProperty("args").EnumerateArray().Select(word => word.GetString()!),
            "list_pets",
            new Dictionary<string, object?>()
        );

        Assert.Contains("add_pet", call.Tools);
        Assert.Equal("Rex", call.Json.GetProperty("items")[0].GetProperty("name").GetString());
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_command_of_the_skill_does_what_it_says(string line)
    {
        var document = _place.Write("petstore.json", Document);
        if (!line.Contains(Petstore, StringComparison.Ordinal))
            await _place.OutputAsync("mcp-runtime", "import", document, "--name", "petstore");
        string[] words = [.. Words(line.Replace(Petstore, document, StringComparison.Ordinal)).Skip(1)];
        // The user's own part, which asks.
        if (words is ["credentials", "set", ..] or ["login", ..])
            words = [.. words, "--help"];
        if (words is ["validate", _])
            words =
            [
                "validate",
                Assert.Single(Directory.GetFiles(_place.Path, "petstore.yaml", SearchOption.AllDirectories)),
            ];

        await _place.OutputAsync("mcp-runtime", words);
    }

    private const string Document = """
        {
          "openapi": "3.1.0",
          "info": { "title": "Petstore", "version": "1.0.0" },
          "servers": [{ "url": "https://petstore.example" }],
          "components": { "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "api_key" } } },
          "paths": {
            "/pets/findByStatus": {
              "get": {
                "operationId": "findPetsByStatus",
                "summary": "Finds pets by status",
                "parameters": [{ "name": "status", "in": "query", "schema": { "type": "string" } }],
                "responses": { "200": { "description": "Pets." } }
              }
            }
          }
        }
        """;

    private static IEnumerable<string> Commands(string skill) =>
        Command().Matches(skill).Select(match => match.Groups["line"].Value.Trim());

    // As a shell would, for the quotes that the skill has.
    private static IEnumerable<string> Words(string line) =>
        Word().Matches(line).Select(match => match.Value.Trim('\''));

    private string Read(string name) => File.ReadAllText(_place.PathOf(name.Split('/', '\\')));

    [GeneratedRegex("(^|`)(?<line>mcp-runtime (?!is |over )[a-z][^`\n]*)", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"'[^']*'|\S+")]
    private static partial Regex Word();

    [GeneratedRegex("^---\nname: (?<name>.*)\ndescription: (?<description>.*)\n---\n")]
    private static partial Regex FrontMatter();
}
