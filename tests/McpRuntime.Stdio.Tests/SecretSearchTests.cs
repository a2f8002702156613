using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using McpRuntime.Stdio.Tests.Serving;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests;

/// <summary>
/// A known secret in every field of a credential, an API and a token endpoint that echo what they get, every way a call
/// can go and the most detailed log: the secret is in nothing that leaves the process but the requests themselves.
/// </summary>
public sealed partial class SecretSearchTests : IDisposable
{
    private static readonly string[] Paths =
    [
        "echo",
        "echo-json",
        "echo-html",
        "echo-utf16",
        "echo-cut",
        "echo-long",
        "status-401",
        "status-403",
        "status-429",
        "status-500",
        "status-503",
        "away",
        "loop",
        "reset",
        "half",
        "no-gzip",
        "slow",
        "good",
    ];

    // Each needs its own credential; the first word is the connector's name.
    private static readonly (string Name, string Scheme, string[] Fields)[] Schemes =
    [
        ("header", "{ type: api_key, location: header, key_name: X-Key }", ["VALUE"]),
        ("query", "{ type: api_key, location: query, key_name: key }", ["VALUE"]),
        ("cookie", "{ type: api_key, location: cookie, key_name: sid }", ["VALUE"]),
        ("basic", "{ type: basic }", ["USERNAME", "PASSWORD"]),
        ("bearer", "{ type: bearer }", ["TOKEN"]),
        ("hawk", "{ type: http, scheme: Hawk }", ["VALUE"]),
        (
            "client",
            "{ type: oauth2, flows: [client_credentials], token_url: 'TOKENS/good-token' }",
            ["CLIENT_ID", "CLIENT_SECRET"]
        ),
        (
            "form",
            "{ type: oauth2, flows: [client_credentials], client_auth: post, token_url: 'TOKENS/good-token' }",
            ["CLIENT_ID", "CLIENT_SECRET"]
        ),
        (
            "refresh",
            "{ type: oauth2, flows: [authorization_code], token_url: 'TOKENS/good-token' }",
            ["CLIENT_ID", "CLIENT_SECRET", "REFRESH_TOKEN"]
        ),
        (
            "refused",
            "{ type: oauth2, flows: [authorization_code], token_url: 'TOKENS/bad-token' }",
            ["CLIENT_ID", "CLIENT_SECRET", "REFRESH_TOKEN"]
        ),
        (
            "moved",
            "{ type: oauth2, flows: [client_credentials], token_url: 'TOKENS/away' }",
            ["CLIENT_ID", "CLIENT_SECRET"]
        ),
        ("openid", "{ type: open_id_connect, url: 'TOKENS/openid' }", ["CLIENT_ID", "CLIENT_SECRET", "REFRESH_TOKEN"]),
        ("mtls", "{ type: mutual_tls }", ["CERTIFICATE", "PRIVATE_KEY"]),
        ("mtlsbad", "{ type: mutual_tls }", ["PKCS12", "PASSPHRASE"]),
    ];

    private readonly McpRuntimeProcess _runtime = new();
    private readonly TestCertificates _issuer = new();
    private readonly ConcurrentDictionary<string, string> _secrets = new();
    private readonly StringBuilder _seen = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _runtime.Dispose();
        _issuer.Dispose();
    }

    [Fact]
    public async Task Secret_is_found_nowhere()
    {
        await using var upstream = RecordingUpstream.Start(AnswerAsync);
        // Each fault has its own origin, and one attempt for each scheme: most calls to one place fail, and after
        // the twentieth it would be left alone for a while, and answer nothing.
        await using var reset = RecordingUpstream.Start(AnswerAsync);
        await using var half = RecordingUpstream.Start(AnswerAsync);
        await using var slow = RecordingUpstream.Start(AnswerAsync);
        await using var unavailable = RecordingUpstream.Start(AnswerAsync);
        var faulty = new Dictionary<string, RecordingUpstream>(StringComparer.Ordinal)
        {
            ["reset"] = reset,
            ["half"] = half,
            ["slow"] = slow,
            ["status-503"] = unavailable,
        };
        await using var collector = RecordingUpstream.Start(UpstreamAnswer.Empty(200));
        using var server = _issuer.Issue("CN=api", IPAddress.Loopback);
        await using var secure = RecordingUpstream.Start(UpstreamAnswer.Empty(500), server, demandsCertificate: true);
        Configure(upstream, faulty, secure, collector);

        await ServeAsync();
        foreach (var (name, _, _) in Schemes)
            await RunAsync("call", $"{name}_echo", "--dry-run");
        foreach (var name in (string[])["basic_echo", "query_away", "refused_echo", "openid_status-401", "mtls_good"])
            await RunAsync("call", name.Replace('-', '_'));
        await RunAsync("credentials", "list");
        await RunAsync("credentials", "list", "--format", "json");
        await RunAsync("credentials", "check");
        _seen.Append(await File.ReadAllTextAsync(_runtime.Environment["MCP_RUNTIME_AUDIT_FILE"]!, Token));
        foreach (var export in collector.Requests)
            _seen.Append(export.Text);

        var sent = string.Concat(upstream.Requests.Select(request => request.Text));
        Assert.Contains(collector.Requests, request => request.Target == "/v1/traces");
        Assert.Contains(collector.Requests, request => request.Target == "/v1/metrics");
        Assert.NotEmpty(secure.Clients);
        // All but those whose token endpoint gives none, and those that need TLS.
        foreach (var path in Paths)
            Assert.InRange(
                upstream
                    .Requests.Concat(faulty.Values.SelectMany(other => other.Requests))
                    .Count(request => request.Target.Split('?')[0] == $"/{path}"),
                Schemes.Length - 4,
                100
            );
        var text = _seen.ToString();
        foreach (var (variable, secret) in _secrets)
        {
            var core = secret.StartsWith("/+", StringComparison.Ordinal) ? Core(variable) : secret;
            var base64 = Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('=');
            if (
                !variable.Contains("MTLS", StringComparison.Ordinal)
                && !variable.Contains("BASIC", StringComparison.Ordinal)
                && !variable.Contains("MOVED__S__CLIENT_ID", StringComparison.Ordinal)
            )
                Assert.True(
                    sent.Contains(core, StringComparison.Ordinal)
                        || Decoded(sent).Contains(core, StringComparison.Ordinal),
                    $"{variable} was never sent."
                );
            Assert.False(text.Contains(core, StringComparison.Ordinal), $"{variable} was found:\n{Around(text, core)}");
            Assert.False(
                text.Contains(base64, StringComparison.Ordinal),
                $"{variable} was found in base64:\n{Around(text, base64)}"
            );
        }
        Assert.False(
            text.Contains("fetchedtokencore", StringComparison.Ordinal),
            $"A fetched token was found:\n{Around(text, "fetchedtokencore")}"
        );
        Assert.Contains("fetchedtokencore", sent, StringComparison.Ordinal);
    }

    // Letters and digits that no encoding changes, for the search, between characters that every encoding changes.
    private static string Core(string variable) =>
        $"zq{variable.Replace("MCP_RUNTIME_CREDENTIAL__", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal)}core";

    // The texts of all base64 words: Authorization of Basic and of clients.
    private static string Decoded(string sent)
    {
        var texts = new StringBuilder();
        foreach (var word in sent.Split([' ', '\r', '\n']))
        {
            var bytes = new byte[word.Length];
            if (word.Length > 8 && Convert.TryFromBase64String(word, bytes, out var length))
                texts.Append(Uri.UnescapeDataString(Encoding.UTF8.GetString(bytes, 0, length)));
        }
        return texts.ToString();
    }

    private static string Around(string text, string found)
    {
        var at = text.IndexOf(found, StringComparison.Ordinal);
        return at < 0 ? "" : text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 200)];
    }

    private static async Task AnswerAsync(
        RecordedRequest request,
        UpstreamConnection connection,
        CancellationToken cancellationToken
    )
    {
        var path = request.Target.Split('?')[0].TrimStart('/');
        var echo = $"{request.Text}\n{Uri.EscapeDataString(request.Text)}\n{Uri.UnescapeDataString(request.Text)}";
        var json = System.Text.Json.JsonSerializer.Serialize(
            new { message = echo, query = Uri.UnescapeDataString(request.Target) }
        );
        switch (path)
        {
            case "reset":
                connection.Reset();
                return;
            case "half":
                await connection.SendAsync(
                    $"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n{request.Text}",
                    cancellationToken
                );
                connection.Close();
                return;
            case "slow":
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return;
        }
        var answer = path switch
        {
            "echo" => UpstreamAnswer.Text(echo),
            "echo-json" => UpstreamAnswer.Json(json),
            "echo-html" => UpstreamAnswer.Text(
                $"<html><body><p>{WebUtility.HtmlEncode(echo)}</p></body></html>",
                500,
                "text/html"
            ),
            "echo-utf16" => new UpstreamAnswer(
                200,
                Encoding.Unicode.GetBytes(echo),
                "Content-Type: text/plain; charset=utf-16"
            ),
            "echo-long" => UpstreamAnswer.Json($"[{string.Join(',', Enumerable.Repeat(json, 20))}]"),
            "echo-cut" => UpstreamAnswer.Text(Filled(request)),
            "away" => UpstreamAnswer.Redirect($"https://evil.example/{Uri.EscapeDataString(request.Text)}"),
            "loop" => UpstreamAnswer.Redirect(request.Target),
            "no-gzip" => new UpstreamAnswer(200, Encoding.UTF8.GetBytes(echo), "Content-Encoding: gzip"),
            "good-token" => UpstreamAnswer.Json("""{"access_token":"fetchedtokencore","expires_in":3600}"""),
            "bad-token" => UpstreamAnswer.Json(
                json.Replace("message", "error_description", StringComparison.Ordinal),
                400
            ),
            "openid" => UpstreamAnswer.Json(
                $$"""{"token_endpoint":"http://{{request.Header("Host")[0]}}/good-token"}"""
            ),
            "good" => UpstreamAnswer.Json("{}"),
            _ when path.StartsWith("status-", StringComparison.Ordinal) => UpstreamAnswer.Json(
                json,
                int.Parse(path[7..], CultureInfo.InvariantCulture)
            ),
            _ => UpstreamAnswer.Text(echo, 404),
        };
        await connection.SendAsync(answer, cancellationToken);
    }

    // The bound of an answer falls within the secret, wherever it is in the request.
    private static string Filled(RecordedRequest request)
    {
        const int Bound = 65536;
        var at = request.Text.IndexOf("zq", StringComparison.Ordinal);
        return at < 0 ? "" : new string('.', Bound - at - 12) + request.Text;
    }

    private void Configure(
        RecordingUpstream upstream,
        Dictionary<string, RecordingUpstream> faulty,
        RecordingUpstream secure,
        RecordingUpstream collector
    )
    {
        var environment = _runtime.Environment;
        environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.1/32";
        environment["MCP_RUNTIME_LOG_LEVEL"] = "trace";
        environment["MCP_RUNTIME_DEBUG"] = "true";
        environment["MCP_RUNTIME_ANSWER_BUDGET"] = "1000";
        environment["MCP_RUNTIME_AUDIT_FILE"] = Path.Combine(
            Directory.CreateDirectory(_runtime.DataFolder).FullName,
            "audit.jsonl"
        );
        environment["MCP_RUNTIME_CA_BUNDLE"] = Path.Combine(_runtime.DataFolder, "issuer.pem");
        File.WriteAllText(environment["MCP_RUNTIME_CA_BUNDLE"]!, _issuer.RootPem);
        environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url.ToString();
        environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        environment["OTEL_EXPORTER_OTLP_TIMEOUT"] = $"{ProcessRunner.HangGuardMilliseconds}";
        foreach (var (name, scheme, fields) in Schemes)
        {
            var api = name.StartsWith("mtls", StringComparison.Ordinal) ? secure : upstream;
            var tools = string.Concat(
                Paths.Select(path =>
                    $"\n  - {{ name: {name}_{path.Replace('-', '_')}, description: Tests {path}., endpoint: GET /{path}, arguments: {{ }}, input_schema: {{ type: object }}{Server(name, path, faulty)} }}"
                )
            );
            _runtime.AddConnector(
                name,
                $"""
                connector:
                  manifest_version: 2
                  name: {name}
                  version: 1.0.0
                  base_url: {api.Url.ToString().TrimEnd('/')}
                  limits: {"{"} max_attempts: 2, max_response_bytes: 65536 {"}"}
                  security_schemes: {"{"} s: {scheme.Replace(
                    "TOKENS",
                    upstream.Url.ToString().TrimEnd('/'),
                    StringComparison.Ordinal
                )} {"}"}
                  security: [ {"{"} s: [] {"}"} ]
                  tools:{tools}
                """
            );
            var prefix = $"MCP_RUNTIME_CREDENTIAL__{name.ToUpperInvariant()}__S__";
            environment[prefix + "ORIGINS"] =
                $"{api.Url} {upstream.Url} {string.Join(' ', faulty.Values.Select(other => other.Url))}";
            foreach (var field in fields)
                environment[prefix + field] = _secrets[prefix + field] = $"/+\"{Core(prefix + field)}'&é<=";
        }
        using var client = _issuer.Issue("CN=client");
        environment["MCP_RUNTIME_CREDENTIAL__MTLS__S__CERTIFICATE"] = client.ExportCertificatePem();
        environment["MCP_RUNTIME_CREDENTIAL__MTLS__S__PRIVATE_KEY"] = client
            .GetECDsaPrivateKey()!
            .ExportPkcs8PrivateKeyPem();
        _secrets.TryRemove("MCP_RUNTIME_CREDENTIAL__MTLS__S__CERTIFICATE", out _);
        _secrets["MCP_RUNTIME_CREDENTIAL__MTLS__S__PRIVATE_KEY"] = environment[
            "MCP_RUNTIME_CREDENTIAL__MTLS__S__PRIVATE_KEY"
        ]!.Split('\n')[1];
    }

    private static string Server(string name, string path, Dictionary<string, RecordingUpstream> faulty) =>
        name.StartsWith("mtls", StringComparison.Ordinal) || !faulty.TryGetValue(path, out var own)
            ? ""
            : $", server: '{own.Url.ToString().TrimEnd('/')}', limits: {"{"} {(path == "slow" ? "timeout_seconds: 5, " : "")}max_attempts: 1 {"}"}";

    private async Task ServeAsync()
    {
        await using var session = new ServeSession(_runtime);
        _seen.Append(await session.InitializeAsync());
        var calls = 0;
        foreach (var (name, _, _) in Schemes)
        {
            foreach (var path in Paths)
                await session.SendAsync(
                    $$$"""{"jsonrpc":"2.0","id":{{{++calls}}},"method":"tools/call","params":{"name":"{{{name}}}_{{{path.Replace('-', '_')}}}","arguments":{} } }"""
                );
        }
        var handles = new List<string>();
        for (var i = 0; i < calls; i++)
        {
            var answer = (await session.ReceiveAsync()).GetRawText();
            _seen.Append(answer);
            if (StoredResult().Match(answer) is { Success: true } stored)
                handles.Add(stored.Groups[1].Value);
        }
        // What is stored is read back whole, in both ways.
        Assert.InRange(handles.Count, Schemes.Length, calls);
        foreach (var handle in handles)
        {
            var whole = await session.AskAsync(
                $$$"""{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"mcp-runtime://results/{{{handle}}}"}}"""
            );
            Assert.True(whole.TryGetProperty("result", out _), whole.GetRawText());
            var part = await session.AskAsync(
                ExposeTests.Call("read_result", $$"""{"handle":"{{handle}}","from":1}""")
            );
            _seen.Append(whole).Append(part);
        }
        var (_, rest) = await session.EndAsync();
        _seen.Append(rest).Append(await session.ErrorAsync());
    }

    [GeneratedRegex("mcp-runtime://results/([0-9a-f]{32})")]
    private static partial Regex StoredResult();

    private async Task RunAsync(params string[] arguments)
    {
        var output = await _runtime.RunAsync(arguments, Token);
        _seen.Append(output);
    }
}
