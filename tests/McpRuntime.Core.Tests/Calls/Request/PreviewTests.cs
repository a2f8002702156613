using System.Diagnostics;
using McpRuntime.Calls.Request;
using McpRuntime.Manifests;
using Place = McpRuntime.Manifests.ArgumentLocation;

namespace McpRuntime.Tests.Calls.Request;

public class PreviewTests
{
    private const string Hostile = "it's $(touch /tmp/x) `id` \"q\" \\ {a,b} é";

    [Fact]
    public async Task Preview_is_what_would_go_out_with_secrets_masked()
    {
        await using var bench = CallBench.Start();
        bench.Connector = bench.Connector with
        {
            SecuritySchemes = new Dictionary<string, SecurityScheme>
            {
                ["q"] = new ApiKeyScheme(Place.Query, "key"),
                ["c"] = new ApiKeyScheme(Place.Cookie, "sid"),
                ["b"] = new BasicScheme(),
            },
            Security =
            [
                new SecurityRequirement(
                    new Dictionary<string, IReadOnlyList<string>>
                    {
                        ["q"] = [],
                        ["c"] = [],
                        ["b"] = [],
                    }
                ),
            ],
        };
        foreach (
            var (name, value) in (IEnumerable<(string, string)>)
                [
                    ("Q__VALUE", "topsecret1"),
                    ("C__VALUE", "topsecret2"),
                    ("B__USERNAME", "topsecret3"),
                    ("B__PASSWORD", "topsecret4"),
                ]
        )
        {
            bench.Set($"MCP_RUNTIME_CREDENTIAL__API__{name}", value);
            bench.Set($"MCP_RUNTIME_CREDENTIAL__API__{name[..1]}__ORIGINS", bench.Upstream.Url.ToString());
        }
        const string arguments = """{"id":"a b","body":{"n":0.10}}""";
        var preview = await bench.PreviewAsync(Tool(), arguments);
        Assert.Empty(bench.Upstream.Requests);
        Assert.Null(preview.Note);
        Assert.Equal($"{bench.Upstream.Url}x/a%20b?key=***", preview.Url);
        Assert.Contains(KeyValuePair.Create("Authorization", "Basic ***"), preview.Headers);
        Assert.Contains(KeyValuePair.Create("Cookie", "sid=***"), preview.Headers);
        Assert.Equal(
            [new LocatedArgument("id", Place.Path, "id"), new LocatedArgument("body", Place.Body, null)],
            preview.Arguments
        );
        Assert.DoesNotContain("topsecret", preview.ToCurl(), StringComparison.Ordinal);

        var sent = await bench.SendAsync(Tool(), arguments);
        Assert.Equal(
            sent.Target,
            preview
                .Url[(bench.Upstream.Url.ToString().Length - 1)..]
                .Replace("***", "topsecret1", StringComparison.Ordinal)
        );
        Assert.Equal(sent.Body, preview.Body.ToArray());
        foreach (
            var (name, value) in preview.Headers.Where(header =>
                !header.Value.Contains("***", StringComparison.Ordinal)
            )
        )
            Assert.Equal([value], sent.Header(name));
    }

    [Fact]
    public async Task Missing_credential_is_a_note()
    {
        await using var bench = CallBench.Start();
        bench.Connector = bench.Connector with
        {
            SecuritySchemes = new Dictionary<string, SecurityScheme> { ["s"] = new BearerScheme() },
            Security = [new SecurityRequirement(new Dictionary<string, IReadOnlyList<string>> { ["s"] = [] })],
        };
        var preview = await bench.PreviewAsync(CallBench.Tool("GET /x"));
        Assert.Contains("MCP_RUNTIME_CREDENTIAL__API__S__TOKEN", preview.Note, StringComparison.Ordinal);
        await Assert.ThrowsAsync<McpRuntimeException>(async () =>
        {
            try
            {
                await bench.PreviewAsync(Tool(), """{"id":".."}""");
            }
            catch (McpRuntimeException refused)
            {
                throw new McpRuntimeException(refused.Message);
            }
        });
    }

    [Theory]
    [InlineData("""{"id":"x","h":"HOSTILE","body":{"a":"HOSTILE"}}""", false)]
    [InlineData("""{"id":"x","h":"","body":"@/etc/passwd"}""", false)]
    [InlineData("""{"id":"x","body":{"f":{"base64":"AAEC/w==","filename":"a"}}}""", true)]
    public async Task Curl_can_be_pasted_into_a_shell(string arguments, bool isMultipart)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There is no POSIX shell.");
            return;
        }
        await using var bench = CallBench.Start();
        var tool = Tool(
            isMultipart ? "multipart/form-data"
            : arguments.Contains("passwd", StringComparison.Ordinal) ? "text/plain"
            : "application/json"
        );
        arguments = arguments.Replace(
            "HOSTILE",
            System.Text.Json.JsonEncodedText.Encode(Hostile).ToString(),
            StringComparison.Ordinal
        );
        var preview = await bench.PreviewAsync(tool, arguments);
        // A curl program that shows its words and its input, each ended by NUL, and in hexadecimal.
        var words = await ShellAsync(
            $$"""
            curl() { printf '%s\0' "$@"; case "$*" in *"--data-binary @-"*) cat;; esac; }
            { {{preview.ToCurl()}}
            } | od -An -v -tx1 | tr -d ' \n'
            """
        );
        var parts = System.Text.Encoding.UTF8.GetString(Convert.FromHexString(words)).Split('\0');
        Assert.Equal(["--globoff", "--path-as-is", "-X", "POST", preview.Url], parts[..5]);
        foreach (var (name, value) in preview.Headers)
            Assert.Contains(value.Length == 0 ? $"{name};" : $"{name}: {value}", parts);
        if (isMultipart)
            Assert.EndsWith(Convert.ToHexString(preview.Body.Span), words, StringComparison.OrdinalIgnoreCase);
        else
            Assert.Equal(["--data-raw", System.Text.Encoding.UTF8.GetString(preview.Body.Span), ""], parts[^3..]);
    }

    private static ToolManifest Tool(string contentType = "application/json") =>
        CallBench.Tool("POST /x/{id}") with
        {
            Arguments = new Dictionary<string, ArgumentBinding>
            {
                ["id"] = new() { In = Place.Path, Name = "id" },
                ["h"] = new() { In = Place.Header, Name = "X-H" },
            },
            Body = new BodyBinding
            {
                ContentType = contentType,
                Argument = "body",
                Encoding = new Dictionary<string, PartEncoding> { ["f"] = new() { File = true } },
            },
        };

    private static async Task<string> ShellAsync(string script)
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var shell = Process.Start(start)!;
        await shell.StandardInput.WriteAsync(script.AsMemory(), CallBench.CancellationToken);
        shell.StandardInput.Close();
        var output = await shell.StandardOutput.ReadToEndAsync(CallBench.CancellationToken);
        await shell.WaitForExitAsync(CallBench.CancellationToken);
        Assert.Equal(0, shell.ExitCode);
        return output;
    }
}
