using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.Examples;

/// <summary>
/// Every command that help, samples, README and docs show, run as it is written: PowerShell in a real pwsh, shell
/// commands in bash. What cannot run is in <see cref="NotRun"/>, with its reason.
/// </summary>
public sealed class ExampleTests
{
    private static readonly string[] Languages = ["powershell", "shell", "json", "yaml", "text"];

    private static string Examples => RepositoryRoot.PathOf("tests", "examples");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> FilesWith(string language) =>
        [.. MarkdownExamples.Files.Where(file => MarkdownExamples.Of(file, language).Count > 0)];

    [Fact]
    public void Every_block_of_code_names_its_language() =>
        Assert.DoesNotContain(MarkdownExamples.Files.SelectMany(MarkdownExamples.Blocks), block =>
            !Languages.Contains(block.Language)
        );

    [Fact]
    public async Task Examples_of_Get_Help_run()
    {
        SkipWithoutBash();
        var examples = await HelpExamples.ReadAsync(Cancellation);
        Assert.Contains(examples, example => example.Place.Contains("Export-Pet.ps1", StringComparison.Ordinal));
        await using var world = await ExampleWorld.CreateAsync(Cancellation);
        using var shop = await RunningPetShop.StartAsync(5000, Cancellation);
        var list = Path.Combine(world.Work, "..", "examples.json");
        var failures = Path.Combine(world.Work, "..", "failures.txt");
        await File.WriteAllTextAsync(
            list,
            JsonSerializer.Serialize(
                Runnable(examples).Select(example => new { place = example.Place, code = example.Code })
            ),
            Cancellation
        );

        var output = await RunPowerShellAsync(
            world,
            ["-File", Path.Combine(Examples, "Test-Help.ps1"), list, failures]
        );

        Assert.True(output.ExitCode == 0, output.ToString());
        if (await File.ReadAllTextAsync(failures, Cancellation) is { Length: > 0 } text)
            Assert.Fail(text);
    }

    [Theory]
    [MemberData(nameof(FilesWith), "powershell")]
    public async Task PowerShell_in_a_file_runs_from_its_first_block_to_its_last(string file)
    {
        SkipWithoutBash();
        await using var world = await ExampleWorld.CreateAsync(Cancellation);
        using var shop = MarkdownExamples.Of(file, "powershell").Any(UsesPetShop)
            ? await RunningPetShop.StartAsync(5000, Cancellation)
            : null;
        var script = Path.Combine(world.Work, "..", "docs.ps1");
        // Documents begin where nothing is imported yet.
        await File.WriteAllLinesAsync(
            script,
            [
                $". '{Path.Combine(Examples, "Prelude.ps1")}'",
                "Reset-World -Empty",
                .. Runnable(MarkdownExamples.Of(file, "powershell"))
                    .SelectMany(example =>
                        new[] { $"[Console]::Error.WriteLine('--- {example.Place}')", example.Code }
                    ),
            ],
            Cancellation
        );

        var output = await RunPowerShellAsync(world, ["-File", script]);

        Assert.True(output.ExitCode == 0, output.ToString());
    }

    [Theory]
    [MemberData(nameof(FilesWith), "shell")]
    public async Task Shell_commands_in_a_file_run_from_the_first_block_to_the_last(string file)
    {
        SkipWithoutBash();
        await using var world = await ExampleWorld.CreateAsync(Cancellation);
        // Documents begin where nothing is imported yet.
        const string Start = "rm -r ~/.local/share/mcp-runtime";

        var output = await world.RunAsync(
            "bash",
            [
                "-c",
                string.Join(
                    '\n',
                    [
                        "set -euo pipefail",
                        "cd work",
                        Start,
                        .. Runnable(MarkdownExamples.Of(file, "shell"))
                            .SelectMany(example => new[] { $"echo '--- {example.Place}' >&2", example.Code }),
                    ]
                ),
            ],
            Cancellation
        );

        Assert.True(output.ExitCode == 0, output.ToString());
    }

    [Fact]
    public async Task Examples_of_the_console_run()
    {
        SkipWithoutBash();
        var examples = await ConsoleExamples.ReadAsync(Cancellation);
        Assert.True(examples.Count > 10);
        await using var world = await ExampleWorld.CreateAsync(Cancellation);
        world.Environment["MCP_RUNTIME_CREDENTIAL__PETSTORE__API_5FKEY__VALUE"] = "k";
        var failures = new List<string>();
        foreach (var example in examples)
        {
            var reset = "rm -r home work && cp -r template/home template/work . && cd work";
            if (example.Code.StartsWith("mcp-runtime import https", StringComparison.Ordinal))
                reset += " && rm -r ~/.local/share/mcp-runtime";
            var output = await world.RunAsync(
                "bash",
                ["-c", $"set -euo pipefail\n{reset}\n{example.Code}"],
                Cancellation
            );
            if (output.ExitCode != 0)
                failures.Add($"{example.Place}: {example.Code}\n{output}");
        }
        if (failures.Count > 0)
            Assert.Fail(string.Join('\n', failures));
    }

    [Fact]
    public async Task Every_line_that_is_not_run_is_there_and_has_a_reason()
    {
        var lines = (await HelpExamples.ReadAsync(Cancellation))
            .Concat(
                MarkdownExamples.Files.SelectMany(file =>
                    MarkdownExamples.Of(file, "powershell").Concat(MarkdownExamples.Of(file, "shell"))
                )
            )
            .SelectMany(example => example.Code.Split('\n'))
            .ToList();

        Assert.All(NotRun.Lines, entry =>
            Assert.Contains(lines, line => line.StartsWith(entry.Key, StringComparison.Ordinal))
        );
        Assert.All(NotRun.Lines, entry => Assert.EndsWith(".", entry.Value, StringComparison.Ordinal));
    }

    // The sample API on the port that examples name.
    private static bool UsesPetShop(Example example) =>
        example.Code.Contains("http://localhost:5000/", StringComparison.Ordinal);

    private static IEnumerable<Example> Runnable(IEnumerable<Example> examples) =>
        examples.Select(NotRun.Without).Where(example => example.Code.Trim().Length > 0);

    private static Task<ProcessOutput> RunPowerShellAsync(ExampleWorld world, IEnumerable<string> arguments) =>
        world.RunAsync(
            Pwsh.Command.Program,
            [.. Pwsh.Command.Arguments, "-NoProfile", "-NonInteractive", .. arguments],
            Cancellation
        );

    private static void SkipWithoutBash() =>
        Assert.SkipUnless(
            OperatingSystem.IsLinux(),
            "The examples are run on Linux: they name its folders, and bash and curl."
        );
}
