using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Replicas;

/// <summary>Debian's nginx with a file of <c>deploy/nginx</c>, on a free port of loopback and without TLS.</summary>
internal sealed partial class Nginx : IAsyncDisposable
{
    private static readonly string[] TemporaryKinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

    private readonly TemporaryFolder _folder = new();
    private readonly Process _process;

    private Nginx(string program, string variant, IReadOnlyList<Uri> replicas)
    {
        Url = new Uri($"http://127.0.0.1:{FreePort.Take()}");
        var deploy = RepositoryRoot.PathOf("deploy", "nginx");
        var server = Certificate()
            .Replace(File.ReadAllText(Path.Combine(deploy, "server.conf")), "")
            .Replace("listen 443 ssl;", $"listen {Url.Authority};", StringComparison.Ordinal);
        var upstream = File.ReadAllText(Path.Combine(deploy, variant + ".conf"))
            .Replace(
                "/etc/nginx/mcp-runtime/server.conf",
                _folder.Write("server.conf", server),
                StringComparison.Ordinal
            );
        for (var i = 0; i < replicas.Count; i++)
            upstream = upstream.Replace($"10.0.0.1{i + 1}:8000", replicas[i].Authority, StringComparison.Ordinal);
        var temporary = string.Concat(TemporaryKinds.Select(kind => $"{kind}_temp_path {_folder.PathOf(kind)};\n"));
        var main = _folder.Write(
            "nginx.conf",
            $$"""
            daemon off;
            {{(Environment.UserName == "root" ? "user root;" : "")}}
            worker_processes 2;
            pid {{_folder.PathOf("pid")}};
            error_log stderr warn;
            events { worker_connections 1024; }
            http {
                access_log off;
                {{temporary}}
                include {{_folder.Write("variant.conf", upstream)}};
            }
            """
        );
        _process = ProcessRunner.Start(program, ["-e", "stderr", "-p", _folder.Path, "-c", main]);
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += (_, line) => Log.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Url { get; }

    public System.Collections.Concurrent.ConcurrentQueue<string> Log { get; } = new();

    /// <summary>Starts it and waits until it answers; skips the test where it is not installed.</summary>
    public static async Task<Nginx> StartAsync(string variant, IReadOnlyList<Uri> replicas)
    {
        var nginx = new Nginx(Program(), variant, replicas);
        using var client = new HttpClient { BaseAddress = nginx.Url };
        await Eventually.IsAsync(true, () => IsReadyAsync(client));
        return nginx;
    }

    /// <summary>Skips the test where nginx is not installed.</summary>
    public static string Program()
    {
        const string Debian = "/usr/sbin/nginx";
        return File.Exists(Debian) ? Debian : External.Program("nginx");
    }

    /// <summary>Whether who listens there says that it is ready.</summary>
    public static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    [GeneratedRegex(@"^\s*ssl_certificate.*$", RegexOptions.Multiline)]
    private static partial Regex Certificate();
}
