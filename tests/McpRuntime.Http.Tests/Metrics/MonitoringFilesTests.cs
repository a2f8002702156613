using System.Text.Json;
using System.Text.RegularExpressions;
using McpRuntime.Testing;
using YamlDotNet.Serialization;

namespace McpRuntime.Http.Tests.Metrics;

/// <summary>The dashboard and the alert rules of <c>deploy/</c> name only metrics and labels that the gateway has.</summary>
public partial class MonitoringFilesTests
{
    // What Prometheus adds itself.
    private static readonly string[] OfPrometheus = ["up", "job", "instance", "le"];

    [Fact]
    public async Task Every_metric_and_label_of_dashboard_and_rules_exists()
    {
        await using var upstream = RecordingUpstream.Start(_ => UpstreamAnswer.Empty(502));
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback], home);
        await ProjectAsync(gateway, upstream);
        await gateway.Anonymous.SendAsync("GET", "/v1/tools", status: 401);
        for (var i = 0; i < 40; i++)
            await gateway.Client.SendAsync("POST", "/v1/tools/add_item", """{"item":{}}""");
        var text = await gateway.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        var samples = text.Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToList();
        var metrics = samples.Select(line => line.Split('{', ' ')[0]).ToHashSet();
        var labels = samples
            .SelectMany(line => Label().Matches(line))
            .Select(match => match.Groups[1].Value)
            .ToHashSet();

        var queries = Dashboard().Concat(Rules()).ToList();

        Assert.True(queries.Count > 30);
        foreach (var query in queries)
        {
            var names = Name().Matches(Text().Replace(query, "\"\"")).Select(match => match.Value).ToList();
            Assert.NotEmpty(names);
            Assert.All(names, name =>
                Assert.True(
                    metrics.Contains(name) || labels.Contains(name) || OfPrometheus.Contains(name),
                    $"'{name}' of '{query}' is neither a metric nor a label of the gateway."
                )
            );
            Assert.Contains(names, name => metrics.Contains(name) || name == "up");
        }
    }

    [Fact]
    public async Task The_documentation_has_every_metric()
    {
        using var home = new TemporaryFolder();
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback], home);
        var text = await gateway.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        var metrics = text.Split('\n')
            .Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[2])
            // Those of the process are described as a group.
            .Where(name => !name.StartsWith("process_", StringComparison.Ordinal))
            .Where(name => !name.StartsWith("dotnet_", StringComparison.Ordinal))
            .ToList();
        var page = await File.ReadAllTextAsync(
            RepositoryRoot.PathOf("docs", "gateway", "monitoring.md"),
            TestContext.Current.CancellationToken
        );

        Assert.True(metrics.Count > 15);
        Assert.All(metrics, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Panels_do_not_overlap_and_have_numbers_of_their_own()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(PathOf("grafana/mcp-runtime.json")));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray().ToList();
        Assert.Equal(panels.Count, panels.Select(panel => panel.Text("id")).Distinct().Count());
        var taken = new HashSet<(int, int)>();
        foreach (var place in panels.Select(panel => panel.GetProperty("gridPos")))
        {
            int Of(string name) => place.GetProperty(name).GetInt32();
            for (var x = Of("x"); x < Of("x") + Of("w"); x++)
            {
                Assert.InRange(x, 0, 23);
                for (var y = Of("y"); y < Of("y") + Of("h"); y++)
                    Assert.True(taken.Add((x, y)));
            }
        }
    }

    private static string PathOf(string file) => RepositoryRoot.PathOf("deploy/" + file);

    private static IEnumerable<string> Dashboard()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(PathOf("grafana/mcp-runtime.json")));
        var panels = dashboard.RootElement.GetProperty("panels").EnumerateArray();
        return
        [
            .. panels
                .Where(panel => panel.TryGetProperty("targets", out _))
                .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
                .Select(target => target.Text("expr")),
        ];
    }

    private static IEnumerable<string> Rules()
    {
        var file = new DeserializerBuilder()
            .Build()
            .Deserialize<Dictionary<string, List<Dictionary<string, object>>>>(
                File.ReadAllText(PathOf("prometheus/mcp-runtime.rules.yml"))
            );
        return file["groups"]
            .SelectMany(group => (List<object>)group["rules"])
            .Select(rule => (string)((Dictionary<object, object>)rule)["expr"]);
    }

    private static async Task ProjectAsync(RunningGateway gateway, RecordingUpstream upstream)
    {
        await gateway.Client.SendAsync("POST", "/v1/projects", """{"name":"team"}""", 201);
        await gateway.Client.SendAsync(
            "POST",
            "/v1/projects/team/connectors",
            Manifests.Shop(upstream.Url),
            201,
            type: "application/yaml"
        );
        await gateway.Client.SendAsync("POST", "/v1/tools/get_item?project=team", """{"id":1}""");
    }

    // Names of Prometheus without those of functions, which a bracket or 'by' follows, its words, and variables.
    [GeneratedRegex(
        @"(?<![\w$])(?!(?:by|and|or|unless|on|without|ignoring)\b)[a-z_][a-z_0-9]*\b(?!\s*\(|\s+by\b)(?<!\[\d*[smhd])"
    )]
    private static partial Regex Name();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Text();

    [GeneratedRegex("[{,]([a-z_]+)=\"")]
    private static partial Regex Label();
}
