using System.Text.RegularExpressions;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands;

/// <summary><c>skill</c>: what it writes is within the limits of skills, and the commands that it shows run.</summary>
public sealed class SkillCommandTests : IDisposable
{
    private readonly McpRuntimeProcess _runtime = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _runtime.Dispose();

    [Fact]
    public async Task The_commands_that_a_skill_shows_run_and_nothing_is_sent()
    {
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Json("{}"));
        _runtime.Environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.0/8";
        _runtime.Environment["MCP_RUNTIME_CREDENTIAL__NOTES__KEY__VALUE"] = "the-secret";
        _runtime.AddConnector("notes", Documents.Manifest("notes", upstream.Url.ToString().TrimEnd('/')));

        var skill = await _runtime.RunAsync(["skill", "notes"], Token);

        Assert.True(skill.ExitCode == 0, skill.ToString());
        Assert.DoesNotContain("the-secret", skill.Out, StringComparison.Ordinal);
        var commands = Regex.Matches(skill.Out, "(?m)^mcp-runtime .*$").Select(match => match.Value).ToList();
        Assert.Equal(2, commands.Count);
        Assert.EndsWith("--dry-run", commands[1], StringComparison.Ordinal);
        foreach (var command in commands)
        {
            var ended = await _runtime.RunAsync(Words(command).Skip(1), Token);
            Assert.True(ended.ExitCode == 0, $"{command}\n{ended}");
        }
        var dry = await _runtime.RunAsync(Words(commands[1]).Skip(1), Token);
        Assert.StartsWith("curl", dry.Out, StringComparison.Ordinal);
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task The_front_matter_is_within_the_limits_of_skills()
    {
        _runtime.AddConnector(
            "notes",
            Documents
                .Manifest("notes", "https://notes.example")
                .Replace(
                    "name: notes",
                    $"name: notes\n  title: 'Notes: <b>\"quoted\"</b> {new string('x', 2000)}'",
                    StringComparison.Ordinal
                )
        );

        var text = (await _runtime.RunAsync(["skill"], Token)).Out;

        var front = Regex.Match(text, @"^---\nname: (?<name>.+)\ndescription: (?<description>"".+"")\n---\n\n# ");
        Assert.True(front.Success, text);
        Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", front.Groups["name"].Value);
        Assert.InRange(front.Groups["name"].Length, 1, 64);
        var description = YamlText(front.Groups["description"].Value);
        Assert.InRange(description.Length, 1, 1024);
        Assert.DoesNotContain('<', description);
        Assert.Contains("Use when", text, StringComparison.Ordinal);
        Assert.Contains("- notes: ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_is_written_whole_and_replaced_only_on_request()
    {
        using var folder = new TemporaryFolder();
        var file = folder.PathOf("new/SKILL.md");
        _runtime.AddConnector("notes", Documents.Manifest("notes", "https://notes.example"));
        Assert.Equal(0, (await _runtime.RunAsync(["skill", "--output", file], Token)).ExitCode);
        var written = await File.ReadAllTextAsync(file, Token);
        await File.WriteAllTextAsync(file, "mine", Token);

        var refused = await _runtime.RunAsync(["skill", "--output", file], Token);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("--force", refused.Error, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(file, Token));
        Assert.Equal(0, (await _runtime.RunAsync(["skill", "-o", file, "--force"], Token)).ExitCode);
        Assert.Equal(written, await File.ReadAllTextAsync(file, Token));
        Assert.Equal([file], Directory.GetFiles(Path.GetDirectoryName(file)!));
    }

    [Fact]
    public async Task An_unknown_connector_and_an_empty_folder_are_errors_with_a_fix()
    {
        var empty = await _runtime.RunAsync(["skill"], Token);
        Assert.Equal(1, empty.ExitCode);
        Assert.Contains("Import an API first", empty.Error, StringComparison.Ordinal);
        _runtime.AddConnector("notes", Documents.Manifest("notes", "https://notes.example"));
        var unknown = await _runtime.RunAsync(["skill", "note"], Token);
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains("notes", unknown.Error, StringComparison.Ordinal);
    }

    // As a POSIX shell reads a line of plain and single-quoted words.
    private static IEnumerable<string> Words(string line) =>
        Regex
            .Matches(line, @"(?:'[^']*'|\\'|[^\s'])+")
            .Select(word =>
                Regex.Replace(word.Value, @"'([^']*)'|\\'", part => part.Value == "\\'" ? "'" : part.Groups[1].Value)
            );

    private static string YamlText(string quoted) =>
        quoted[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace(@"\\", "\\", StringComparison.Ordinal);
}
