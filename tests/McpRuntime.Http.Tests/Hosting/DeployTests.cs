using System.Net;
using System.Text.RegularExpressions;
using McpRuntime.Http.Tests.Replicas;
using McpRuntime.Testing;
using YamlDotNet.Serialization;

namespace McpRuntime.Http.Tests.Hosting;

/// <summary>
/// The files of <c>deploy/</c> say what the gateway understands, and what they set makes one that starts and is safe.
/// </summary>
public partial class DeployTests
{
    private static string Folder { get; } = RepositoryRoot.PathOf("deploy");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_variable_is_a_setting()
    {
        var known = Variable()
            .Matches(File.ReadAllText(RepositoryRoot.PathOf(".env.example")))
            .Select(match => match.Value)
            .ToHashSet();
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            foreach (Match match in Variable().Matches(File.ReadAllText(file)))
            {
                if (!match.Value.StartsWith("MCP_RUNTIME_CREDENTIAL__", StringComparison.Ordinal))
                    Assert.True(known.Contains(match.Value), $"{file} names {match.Value}, which is no setting.");
            }
        }
    }

    [Fact]
    public async Task The_image_and_the_deployment_start_a_gateway_that_asks_for_a_token()
    {
        var docker = File.ReadAllText(Path.Combine(Folder, "docker", "Dockerfile"));
        var settings = Setting()
            .Matches(docker)
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        Assert.DoesNotContain("AUTHENTICATION", settings.Keys);
        foreach (var (name, value) in Environment())
            settings[name] = value;
        // A port, folders and a database of the test in the place of the container's.
        foreach (
            var own in (string[])["PORT", "DATA_DIR", "CACHE_DIR", "CONNECTORS_DIR", "CREDENTIALS_DIR", "DATABASE_URL"]
        )
            settings.Remove(own);
        await using var gateway = await RunningGateway.StartAsync(
            settings.Select(setting => (setting.Key, setting.Value))
        );
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{gateway.Url.Port}") };
        // A kubelet and the image's own check ask for the path that the file names, by an address.
        foreach (var probe in (string[])["startupProbe", "livenessProbe", "readinessProbe"])
            await Eventually.IsAsync(HttpStatusCode.OK, () =>
                StatusAsync(
                    client,
                    HttpMethod.Get,
                    (string)((Dictionary<object, object>)Container()[probe])["httpGet"].As("path")
                )
            );

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, HttpMethod.Post, "/mcp"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(client, HttpMethod.Get, "/v1/tools"));
    }

    [Fact]
    public void The_pod_has_no_more_rights_than_it_needs()
    {
        var context = (Dictionary<object, object>)Container()["securityContext"];
        Assert.Equal("false", context["allowPrivilegeEscalation"]);
        Assert.Equal("true", context["readOnlyRootFilesystem"]);
        Assert.Equal("true", Pod().As("securityContext", "runAsNonRoot"));
        // What the file mounts is what the pod has.
        var volumes = ((List<object>)Pod()["volumes"]).Select(volume => volume.As("name")).Order();
        Assert.Equal(volumes, ((List<object>)Container()["volumeMounts"]).Select(mount => mount.As("name")).Order());
    }

    [Fact]
    public async Task The_hook_before_a_stop_is_a_command_that_the_gateway_has()
    {
        var command = (List<object>)Container()["lifecycle"].As("preStop", "exec", "command");
        var executable = Path.Combine(AppContext.BaseDirectory, Path.GetFileName((string)command[0]));

        var help = await ProcessRunner.RunAsync(
            executable,
            [.. command.Skip(1).Cast<string>(), "--help"],
            cancellationToken: Cancelled
        );
        using var home = new TemporaryFolder();
        var alone = await ProcessRunner.RunAsync(
            executable,
            command.Skip(1).Cast<string>(),
            new Dictionary<string, string?> { ["MCP_RUNTIME_DATA_DIR"] = home.Path },
            cancellationToken: Cancelled
        );

        Assert.True(help.ExitCode == 0, help.ToString());
        Assert.Contains("--seconds", help.Out);
        Assert.Equal(1, alone.ExitCode);
        Assert.Contains("PostgreSQL", alone.Error);
    }

    [Fact]
    public void The_disruption_budget_is_of_the_pods_and_leaves_one()
    {
        var documents = File.ReadAllText(Path.Combine(Folder, "kubernetes", "gateway.yaml")).Split("\n---\n");
        var budget = new DeserializerBuilder()
            .Build()
            .Deserialize<Dictionary<object, object>>(
                documents.Single(document => document.Contains("kind: PodDisruptionBudget", StringComparison.Ordinal))
            );

        Assert.Equal("1", budget["spec"].As("minAvailable"));
        Assert.Equal("mcp-runtime", budget["spec"].As("selector", "matchLabels", "app"));
        Assert.Contains("labels: { app: mcp-runtime }", documents[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_unit_is_one_that_systemd_understands()
    {
        var analyze = External.Program("systemd-analyze");
        using var folder = new TemporaryFolder();
        var unit = folder.Write(
            "mcp-runtime.service",
            File.ReadAllText(Path.Combine(Folder, "systemd", "mcp-runtime.service"))
                .Replace("/opt/mcp-runtime/mcp-runtime-http", "/bin/true", StringComparison.Ordinal)
        );

        var output = await ProcessRunner.RunAsync(analyze, ["verify", unit], cancellationToken: Cancelled);

        Assert.DoesNotContain("mcp-runtime", output.Error, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
            request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request, Cancelled);
        return answer.StatusCode;
    }

    private static IEnumerable<(string Name, string Value)> Environment() =>
        ((List<object>)Container()["env"])
            .Cast<Dictionary<object, object>>()
            .Where(entry => entry.ContainsKey("value"))
            .Select(entry => (((string)entry["name"])["MCP_RUNTIME_".Length..], (string)entry["value"]));

    private static Dictionary<object, object> Container() =>
        (Dictionary<object, object>)((List<object>)Pod()["containers"]).Single();

    private static Dictionary<object, object> Pod()
    {
        var parser = new YamlDotNet.Core.Parser(
            new StringReader(File.ReadAllText(Path.Combine(Folder, "kubernetes", "gateway.yaml")))
        );
        YamlDotNet.Core.ParserExtensions.Consume<YamlDotNet.Core.Events.StreamStart>(parser);
        var deployment = new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(parser);
        return (Dictionary<object, object>)
            ((Dictionary<object, object>)((Dictionary<object, object>)deployment["spec"])["template"])["spec"];
    }

    [GeneratedRegex("MCP_RUNTIME_[A-Z_]+[A-Z]")]
    private static partial Regex Variable();

    [GeneratedRegex(@"MCP_RUNTIME_([A-Z_]+)=([^\s\\]+)")]
    private static partial Regex Setting();
}

file static class Yaml
{
    public static object As(this object map, params string[] path) =>
        path.Aggregate(map, (value, key) => ((Dictionary<object, object>)value)[key]);
}
