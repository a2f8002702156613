using System.Net;
using System.Text.RegularExpressions;
using McpRuntime.Http.Tests.Replicas;
using McpRuntime.Testing;
using YamlDotNet.Serialization;
using static McpRuntime.Http.Tests.Hosting.DeployFiles;

namespace McpRuntime.Http.Tests.Hosting;

/// <summary>
/// The files of <c>deploy/</c> say what the gateway understands, and what they set makes one that starts and is safe.
/// </summary>
public partial class DeployTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_variable_is_a_setting()
    {
        var known = Variable()
            .Matches(File.ReadAllText(RepositoryRoot.PathOf(".env.example")))
            .Select(match => match.Value)
            .ToHashSet();
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Concat(ImageFiles))
        {
            foreach (Match match in Variable().Matches(File.ReadAllText(file)))
            {
                if (!match.Value.StartsWith("MCP_RUNTIME_CREDENTIAL__", StringComparison.Ordinal))
                    Assert.True(known.Contains(match.Value), $"{file} names {match.Value}, which is not a setting.");
            }
        }
    }

    [Fact]
    public async Task The_image_and_the_deployment_start_a_gateway_that_asks_for_a_token()
    {
        var settings = ImageSettings();
        Assert.DoesNotContain("AUTHENTICATION", settings.Keys);
        foreach (var (name, value) in PodSettings())
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
    public async Task The_compose_file_starts_the_image_as_it_is_and_asks_for_its_health()
    {
        var gateway = Compose("gateway");
        var image = ImageSettings();

        Assert.Equal($"{Publisher("PublisherContainers")}/mcp-runtime-http:latest", gateway["image"]);
        Assert.Equal($"127.0.0.1:{image["PORT"]}:{image["PORT"]}", ((List<object>)gateway["ports"]).Single());
        var environment = (Dictionary<object, object>)gateway["environment"];
        string[] folders =
        [
            image["DATA_DIR"],
            image["CONNECTORS_DIR"],
            (string)environment["MCP_RUNTIME_CREDENTIALS_DIR"],
        ];
        Assert.Equal(folders, ((List<object>)gateway["volumes"]).Select(volume => ((string)volume).Split(':')[1]));
        Assert.Equal("true", gateway["read_only"]);
        Assert.Equal("ALL", ((List<object>)gateway["cap_drop"]).Single());
        var database = (Dictionary<object, object>)Compose("postgres")["environment"];
        Assert.StartsWith(
            $"postgres://{database["POSTGRES_USER"]}:${{POSTGRES_PASSWORD:",
            (string)environment["MCP_RUNTIME_DATABASE_URL"],
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            $"@postgres:5432/{database["POSTGRES_DB"]}",
            (string)environment["MCP_RUNTIME_DATABASE_URL"],
            StringComparison.Ordinal
        );
        var check = ((List<object>)gateway.As("healthcheck", "test")).Cast<string>().ToList();
        Assert.Equal("CMD", check[0]);
        Assert.StartsWith("/app/", check[1], StringComparison.Ordinal);
        var help = await ProcessRunner.RunAsync(
            Path.Combine(AppContext.BaseDirectory, Path.GetFileName(check[1])),
            [.. check.Skip(2), "--help"],
            cancellationToken: Cancelled
        );
        Assert.True(help.ExitCode == 0, help.ToString());
        Assert.Contains("is running", help.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_pod_has_no_more_rights_than_it_needs()
    {
        var context = (Dictionary<object, object>)Container()["securityContext"];
        Assert.Equal("false", context["allowPrivilegeEscalation"]);
        Assert.Equal("true", context["readOnlyRootFilesystem"]);
        Assert.Equal("true", Pod().As("securityContext", "runAsNonRoot"));
        Assert.Equal($"{Publisher("PublisherContainers")}/mcp-runtime-http:latest", Container()["image"]);
        Assert.Equal(
            ImageSettings()["DATA_DIR"],
            ((List<object>)Container()["volumeMounts"])
                .Single(mount => (string)mount.As("name") == "data")
                .As("mountPath")
        );
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

    [GeneratedRegex("MCP_RUNTIME_[A-Z_]+[A-Z]")]
    private static partial Regex Variable();
}
