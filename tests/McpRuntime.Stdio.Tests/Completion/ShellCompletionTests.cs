using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Completion;

/// <summary>What a user gets who presses Tab in bash, zsh and fish, read from how the shell then calls the program.</summary>
public sealed class ShellCompletionTests : IDisposable
{
    private readonly McpRuntimeProcess _runtime = new();

    public void Dispose() => _runtime.Dispose();

    public static TheoryData<string> Shells => [.. ShellSession.Shells];

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Commands_options_and_names_are_completed(string shell)
    {
        _runtime.AddConnector("notes", Documents.Manifest("'@team/notes'", "https://notes.example"));
        using var session = await ShellSession.StartAsync(shell, _runtime);

        Assert.Equal(["credentials", "list"], await session.RunAsync("mcp-runtime cred\tli\t"));
        Assert.Equal(["call", "find_notes", "--dry-run"], await session.RunAsync("mcp-runtime call fi\t--dr\t"));
        Assert.Equal(["serve", "--expose", "search"], await session.RunAsync("mcp-runtime serve --exp\tse\t"));
        Assert.Equal(["login", "@team/notes"], await session.RunAsync("mcp-runtime login @te\t"));
        Assert.Equal(["login", "@team/notes"], await session.RunAsync("mcp-runtime login @team/n\t"));
        Assert.Equal(["serve", "--expose=search"], await session.RunAsync("mcp-runtime serve --expose=s\t"));
        Assert.Equal(
            ["tools", "--connector", "@team/notes"],
            await session.RunAsync("mcp-runtime tools --connector '@te\t")
        );
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Files_and_folders_are_completed_by_the_shell(string shell)
    {
        _runtime.AddConnector("notes", Documents.Manifest("notes", "https://notes.example"));
        using var session = await ShellSession.StartAsync(shell, _runtime);
        var home = Path.GetDirectoryName(_runtime.ConnectorsFolder)!;
        await File.WriteAllTextAsync(
            Path.Combine(home, "my $(touch ran).yaml"),
            "",
            TestContext.Current.CancellationToken
        );
        await File.WriteAllTextAsync(Path.Combine(home, "connect.yaml"), "", TestContext.Current.CancellationToken);

        Assert.Equal(["validate", "my $(touch ran).yaml"], await session.RunAsync("mcp-runtime validate m\t"));
        // zsh takes the slash away again where the word ends.
        var words = await session.RunAsync("mcp-runtime tools --connectors conn\t");
        Assert.Equal(["tools", "--connectors", "connectors"], words.Select(word => word.TrimEnd('/')));
        Assert.False(File.Exists(Path.Combine(home, "ran")), session.Shown);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Names_with_characters_of_the_shell_are_text(string shell)
    {
        string[] names =
        [
            "a$(touch ran)",
            "b`touch ran`",
            "c;touch ran",
            "d\"'; touch ran; '",
            "e $HOME ~ * {x,y}",
            "f\\",
            "g!!",
            "h&|<>#",
        ];
        _runtime.AddConnector(
            "notes",
            Documents
                .Manifest("notes", "https://notes.example")
                .Replace(
                    "    key: {",
                    string.Concat(names.Select(name => $"    {Yaml(name)}: {{ type: bearer }}\n")) + "    key: {",
                    StringComparison.Ordinal
                )
        );
        using var session = await ShellSession.StartAsync(shell, _runtime);

        foreach (var name in names)
            Assert.Equal(
                ["login", "notes", "--scheme", name],
                await session.RunAsync($"mcp-runtime login notes --scheme {name[0]}\t")
            );
        Assert.False(
            File.Exists(Path.Combine(Path.GetDirectoryName(_runtime.ConnectorsFolder)!, "ran")),
            session.Shown
        );
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Arguments_of_a_tool_are_completed_in_two_steps(string shell)
    {
        _runtime.AddConnector("walls", Documents.Paint);
        using var session = await ShellSession.StartAsync(shell, _runtime);

        Assert.Equal(["call", "paint", "wallId=7"], await session.RunAsync("mcp-runtime call paint wa\t7"));
        Assert.Equal(
            ["call", "paint", "colour=light blue", "is_new=true"],
            await session.RunAsync("mcp-runtime call paint col\tli\tis\tt\t")
        );
        Assert.Equal(
            ["call", "paint", "colour=x;touch ran"],
            await session.RunAsync("mcp-runtime call paint col\tx\t")
        );
        Assert.False(
            File.Exists(Path.Combine(Path.GetDirectoryName(_runtime.ConnectorsFolder)!, "ran")),
            session.Shown
        );
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public async Task Words_that_were_typed_are_not_run_by_Tab(string shell)
    {
        _runtime.AddConnector("notes", Documents.Manifest("notes", "https://notes.example"));
        using var session = await ShellSession.StartAsync(shell, _runtime);

        Assert.Equal(
            ["login", "$(touch ran)`touch ran`", "--scheme", "x;touch ran", "--profile"],
            await session.RunAsync("mcp-runtime login '$(touch ran)`touch ran`' --scheme 'x;touch ran' --prof\t")
        );
        Assert.False(
            File.Exists(Path.Combine(Path.GetDirectoryName(_runtime.ConnectorsFolder)!, "ran")),
            session.Shown
        );
    }

    private static string Yaml(string name) =>
        $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
