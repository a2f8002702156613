using System.Net;
using System.Net.Sockets;
using System.Text;
using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.Documents;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Documents;

public sealed class DocumentLoaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mcp-documents").FullName;

    [Fact]
    public async Task A_file_is_read_with_its_hash_and_base()
    {
        var path = Path.Combine(_folder, "a b.json");
        await File.WriteAllTextAsync(path, "{\"openapi\":\"3.1.0\"}", TestContext.Current.CancellationToken);
        using var document = await Load(path);
        Assert.Equal("3.1.0", document.Json.RootElement.GetProperty("openapi").GetString());
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("{\"openapi\":\"3.1.0\"}"u8)),
            document.Sha256
        );
        Assert.Equal((path, new Uri(path)), (document.Location, document.BaseUri));
    }

    [Fact]
    public async Task Standard_input_is_read()
    {
        var source = DocumentSource.Parse("-", () => new MemoryStream("a: 1"u8.ToArray()));
        using var document = await new DocumentLoader(new DocumentLimits()).LoadAsync(
            source,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(("-", null, true), (document.Location, document.BaseUri, document.IsYaml));
    }

    [Fact]
    public async Task A_missing_file_says_where_was_looked() =>
        await AssertRefused(Path.Combine(_folder, "none.json"), "document-not-found", "none.json");

    [Fact]
    public async Task A_folder_is_not_a_document() => await AssertRefused(_folder, "document-is-directory", "folder");

    [Fact]
    public async Task A_huge_file_is_refused_by_its_length()
    {
        var path = Path.Combine(_folder, "huge.json");
        await using (var file = File.Create(path))
            file.SetLength(200_000_000);
        await AssertRefused(path, "document-too-large", "200,000,000 bytes");
    }

    [Fact]
    public async Task A_device_without_an_end_is_refused_at_the_limit()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /dev/zero");
        await AssertRefused("/dev/zero", "document-too-large", "more than", new DocumentLimits { MaxBytes = 100_000 });
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    public async Task Bytes_are_counted_to_the_last(int length, bool isRead)
    {
        var text = Encoding.UTF8.GetBytes("\"" + new string('x', length - 4) + "\"");
        byte[] bytes = [(byte)'[', .. text, (byte)']'];
        var loader = new DocumentLoader(new DocumentLimits { MaxBytes = 1000 });
        var source = new DocumentSource.FromStream("-", () => new MemoryStream(bytes));
        if (isRead)
        {
            using var document = await loader.LoadAsync(source, TestContext.Current.CancellationToken);
            Assert.Equal(length, document.Text.Length);
            return;
        }
        var exception = await Assert.ThrowsAsync<FindingsException>(() =>
            loader.LoadAsync(source, TestContext.Current.CancellationToken)
        );
        Assert.Equal("document-too-large", exception.Findings[0].RuleId);
    }

    [Theory]
    [InlineData("ftp://host/x", "document-scheme")]
    [InlineData("gopher://host/x", "document-scheme")]
    [InlineData("https://user:hunter2@host/x", "document-scheme")]
    public async Task Only_plain_web_addresses_are_read(string url, string rule)
    {
        var finding = await AssertRefused(url, rule, "");
        Assert.DoesNotContain("hunter2", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_url_is_a_file()
    {
        var path = Path.Combine(_folder, "x.yaml");
        await File.WriteAllTextAsync(path, "a: 1", TestContext.Current.CancellationToken);
        using var document = await Load(new Uri(path).AbsoluteUri);
        Assert.True(document.IsYaml);
    }

    [Fact]
    public async Task A_port_that_no_one_listens_on_is_unreachable()
    {
        var port = FreePort.Take();
        await AssertRefused($"http://127.0.0.1:{port}/x.json", "document-unreachable", $"127.0.0.1:{port}");
    }

    [Theory]
    [InlineData("/good", null, "")]
    [InlineData("/missing", "document-unreachable", "404")]
    [InlineData("/circle", "document-redirects", "circle")]
    [InlineData("/many/0", "document-redirects", "more than 5")]
    [InlineData("/to-ftp", "document-scheme", "ftp")]
    [InlineData("/lying", "document-too-large", "at most")]
    [InlineData("/long", "document-too-large", "at most")]
    [InlineData("/silent", "document-timeout", "0.5 s.")]
    [InlineData("/page", "document-not-structured", "web page")]
    public async Task Urls_are_read_with_every_hop_checked(string path, string? rule, string words)
    {
        await using var server = new LoopbackServer();
        var limits = new DocumentLimits
        {
            MaxBytes = 10_000,
            Timeout = path == "/silent" ? TimeSpan.FromSeconds(0.5) : ProcessRunner.HangGuard,
        };
        if (rule is not null)
        {
            await AssertRefused(server.Url + path, rule, words, limits);
            return;
        }
        var loader = new DocumentLoader(limits);
        using var document = await loader.LoadAsync(
            new DocumentSource.FromUri(new Uri(server.Url + path)),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(new Uri(server.Url + "/final/openapi.json"), document.BaseUri);
        Assert.Equal(server.Url + path, document.Location);
    }

    [Fact]
    public async Task Https_is_never_left_for_http()
    {
        using var redirecting = new HttpMessageInvoker(new RedirectHandler(new Uri("http://127.0.0.1:1/x")));
        var loader = new DocumentLoader(new DocumentLimits(), _ => redirecting);
        var exception = await Assert.ThrowsAsync<FindingsException>(() =>
            loader.LoadAsync(
                new DocumentSource.FromUri(new Uri("https://127.0.0.1:1/y")),
                TestContext.Current.CancellationToken
            )
        );
        Assert.Equal("document-redirects", exception.Findings[0].RuleId);
    }

    [Fact]
    public async Task Cancelling_is_not_a_finding()
    {
        await using var server = new LoopbackServer();
        using var cancelled = new CancellationTokenSource();
        var load = new DocumentLoader(new DocumentLimits()).LoadAsync(
            new DocumentSource.FromUri(new Uri(server.Url + "/silent")),
            cancelled.Token
        );
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => load);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<LoadedDocument> Load(string text, DocumentLimits? limits = null) =>
        new DocumentLoader(limits ?? new DocumentLimits()).LoadAsync(
            DocumentSource.Parse(text, () => Stream.Null),
            TestContext.Current.CancellationToken
        );

    private static async Task<Finding> AssertRefused(
        string text,
        string rule,
        string words,
        DocumentLimits? limits = null
    )
    {
        var exception = await Assert.ThrowsAsync<FindingsException>(() => Load(text, limits));
        var finding = Assert.Single(exception.Findings);
        Assert.Equal(rule, finding.RuleId);
        Assert.Contains(words, finding.Message, StringComparison.Ordinal);
        return finding;
    }

    private sealed class RedirectHandler(Uri target) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = target } });
    }
}
