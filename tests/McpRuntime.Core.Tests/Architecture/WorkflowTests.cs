using System.Text.RegularExpressions;
using McpRuntime.Testing;
using YamlDotNet.RepresentationModel;

namespace McpRuntime.Core.Tests.Architecture;

/// <summary>Workflows call scripts that run here, too, and give them no more than they need.</summary>
public sealed partial class WorkflowTests
{
    public static TheoryData<string> Files() =>
        [
            .. Directory
                .EnumerateFiles(RepositoryRoot.PathOf(".github", "workflows"), "*.yml")
                .Select(file => Path.GetFileName(file)!),
        ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Scripts_exist_and_are_all_that_is_run(string file)
    {
        var runs = Steps(file).Select(step => Text(step, "run")).OfType<string>().ToList();
        Assert.NotEmpty(runs);
        foreach (var run in runs)
        {
            var script = Script().Match(run);
            Assert.True(script.Success || run == "dotnet tool restore", $"{file}: '{run}' is not a script.");
            if (script.Success)
                Assert.True(File.Exists(RepositoryRoot.PathOf(script.Groups[1].Value)), $"{file}: {run}");
        }
    }

    // An expression in a command is pasted into it: the name of a branch could be a command.
    [Theory]
    [MemberData(nameof(Files))]
    public void Commands_contain_no_expressions(string file) =>
        Assert.DoesNotContain(Steps(file).Select(step => Text(step, "run")).OfType<string>(), run =>
            run.Contains("${{", StringComparison.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Files))]
    public void A_workflow_reads_only_and_a_job_names_what_it_writes(string file)
    {
        var permissions = (YamlMappingNode)Root(file)["permissions"];
        Assert.Equal(["contents: read"], permissions.Children.Select(entry => $"{entry.Key}: {entry.Value}"));
        var writing = Jobs(file).Where(job => job.Value.Children.ContainsKey("permissions")).Select(job => job.Key);
        Assert.All(writing, job => Assert.Equal("publish", job));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_job_ends_by_itself(string file) =>
        Assert.All(Jobs(file), job => Assert.True(job.Value.Children.ContainsKey("timeout-minutes"), job.Key));

    private static YamlMappingNode Root(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(RepositoryRoot.PathOf(".github", "workflows", file))));
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static IEnumerable<KeyValuePair<string, YamlMappingNode>> Jobs(string file) =>
        ((YamlMappingNode)Root(file)["jobs"]).Children.Select(job =>
            KeyValuePair.Create(job.Key.ToString(), (YamlMappingNode)job.Value)
        );

    private static IEnumerable<YamlMappingNode> Steps(string file) =>
        Jobs(file).SelectMany(job => (YamlSequenceNode)job.Value["steps"]).Cast<YamlMappingNode>();

    private static string? Text(YamlMappingNode step, string key) =>
        step.Children.TryGetValue(key, out var value) ? value.ToString() : null;

    [GeneratedRegex(@"^(?:dotnet pwsh -NoProfile \./)?(\.ci/run|eng/[\w/-]+\.ps1)( [-\w""$]+)*$")]
    private static partial Regex Script();
}
