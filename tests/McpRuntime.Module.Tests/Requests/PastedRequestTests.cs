using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.Requests;

/// <summary>
/// What -WhatIf prints for PowerShell, pasted into a real one: the request is that of the tool's call, byte for byte.
/// </summary>
public sealed partial class PastedRequestTests : IDisposable
{
    private const string Hostile =
        "it's $(Get-Date) `\"q\" “typographic” ‘quotes’ \\ {a,b} é ☃ 😀 \u202Egnp\u200B\u001B[31m";

    private readonly TemporaryFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Pasted_line_sends_what_the_call_sends()
    {
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Json("{}"));
        List<(string Tool, object Arguments)> cases =
        [
            (
                "find",
                new
                {
                    id = "it's “a” é ☃",
                    q = Hostile,
                    list = new[] { "a b", "c&d" },
                }
            ),
            ("encoded", new { id = "A~z.-_", raw = "%41%2e/b" }),
            (
                "headers",
                new
                {
                    h = "a \"b\"; $c `d",
                    etag = "not an entity tag",
                    empty = "",
                }
            ),
            ("cookies", new { c = "x y" }),
            (
                "json",
                new
                {
                    body = new
                    {
                        text = Hostile,
                        lines = "a\r\nb\tc\0",
                        n = 0.10m,
                    },
                }
            ),
            ("form", new { a = Hostile, b = "1+1=2&3" }),
            ("multipart", new { note = Hostile, file = new { base64 = "AAECAwD/", filename = "a \"b\".bin" } }),
            (
                "octets",
                new
                {
                    body = new
                    {
                        base64 = Convert.ToBase64String([.. Enumerable.Range(0, 256).Select(value => (byte)value)]),
                    },
                }
            ),
            ("text", new { body = $"first\r\n{Hostile}\n" }),
            ("latin", new { body = "caf\u00e9" }),
            ("nothing", new { }),
            ("remove", new { }),
            ("query", new { body = new { a = 1 } }),
            ("head", new { }),
            ("key_in_query", new { q = "1" }),
            ("key_in_header", new { }),
            ("key_in_cookie", new { c = "1" }),
            ("bearer", new { }),
            ("basic", new { }),
        ];
        await PrepareAsync(upstream.Url, cases);

        var shown = await RunAsync(
            """
            foreach ($case in Get-Content -Raw cases.json | ConvertFrom-Json -AsHashtable) {
                $null = Invoke-McpTool $case.tool -Argument $case.arguments -Confirm:$false -ErrorAction Stop
                Invoke-McpTool $case.tool -Argument $case.arguments -WhatIf
            }
            """
        );
        var lines = shown
            .Split('\n')
            .Where(line => line.StartsWith("Invoke-RestMethod ", StringComparison.Ordinal))
            .ToList();
        Assert.Equal((cases.Count, cases.Count), (upstream.Requests.Count, lines.Count));
        Assert.DoesNotContain("topsecret", shown, StringComparison.Ordinal);
        // Nothing that a terminal would act on, or that hides text from whoever reads it.
        Assert.DoesNotMatch(Dangerous(), shown);

        await RunAsync(
            $"""
            $secret = 'topsecret&+/='; $token = 'topsecret-token'
            $pair = [pscredential]::new('üser', (ConvertTo-SecureString -AsPlainText 'topsecret:pass')).GetNetworkCredential()
            {string.Join("\n", lines.Select(line => $"$null = {line}"))}
            """
        );

        Assert.Equal(2 * cases.Count, upstream.Requests.Count);
        for (var i = 0; i < cases.Count; i++)
            Assert.Equal(
                $"{cases[i].Tool}\n{Shown(upstream.Requests[i])}",
                $"{cases[i].Tool}\n{Shown(upstream.Requests[cases.Count + i])}"
            );
    }

    // The request as text, without what differs from call to call: its id, and the boundary of a multipart body. That
    // there is no body may be said or not (RFC 9110 section 8.6).
    private static string Shown(RecordedRequest request)
    {
        var headers = request
            .HeaderLines.Where(line =>
                line != "Content-Length: 0" && !line.StartsWith("X-Request-Id:", StringComparison.OrdinalIgnoreCase)
            )
            .Order(StringComparer.OrdinalIgnoreCase);
        return Boundary()
            .Replace(
                $"{request.RequestLine}\n{string.Join('\n', headers)}\n{Encoding.Latin1.GetString(request.Body)}",
                "BOUNDARY"
            );
    }

    [GeneratedRegex("----McpRuntime[0-9a-f]{32}")]
    private static partial Regex Boundary();

    [GeneratedRegex("[\\u0000-\\u0008\\u000B-\\u000C\\u000E-\\u001F\\u200B\\u202E]")]
    private static partial Regex Dangerous();

    private async Task<string> RunAsync(string script)
    {
        var environment = await Pwsh.EnvironmentAsync(_home.Path);
        environment["MCP_RUNTIME_CONNECTORS_DIR"] = Path.Combine(_home.Path, "connectors");
        environment["MCP_RUNTIME_DATA_DIR"] = Path.Combine(_home.Path, "data");
        environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.0/8";
        foreach (
            var (name, value) in (IEnumerable<(string, string)>)
                [
                    ("QUERY__VALUE", "topsecret&+/="),
                    ("HEADER__VALUE", "topsecret&+/="),
                    ("COOKIE__VALUE", "topsecret&+/="),
                    ("BEARER__TOKEN", "topsecret-token"),
                    ("BASIC__USERNAME", "üser"),
                    ("BASIC__PASSWORD", "topsecret:pass"),
                ]
        )
        {
            environment[$"MCP_RUNTIME_CREDENTIAL__API__{name}"] = value;
            environment[$"MCP_RUNTIME_CREDENTIAL__API__{name.Split("__")[0]}__ORIGINS"] = environment["TEST_ORIGIN"] =
                _origin;
        }
        var file = Path.Combine(_home.Path, $"{Guid.NewGuid():N}.ps1");
        await File.WriteAllTextAsync(
            file,
            $"$ErrorActionPreference = 'Stop'\n[Console]::OutputEncoding = [Text.UTF8Encoding]::new()\nImport-Module $env:TEST_MODULE\n{script}\n",
            TestContext.Current.CancellationToken
        );
        var output = await Pwsh.RunAsync(
            _home.Path,
            ["-File", file],
            TestContext.Current.CancellationToken,
            environment
        );
        Assert.True(output.ExitCode == 0 && output.Error.Length == 0, output.ToString());
        return output.Out;
    }

    private string _origin = "";

    private async Task PrepareAsync(Uri url, List<(string Tool, object Arguments)> cases)
    {
        _origin = url.GetLeftPart(UriPartial.Authority);
        Directory.CreateDirectory(Path.Combine(_home.Path, "connectors"));
        await File.WriteAllTextAsync(
            Path.Combine(_home.Path, "cases.json"),
            JsonSerializer.Serialize(cases.Select(entry => new { tool = entry.Tool, arguments = entry.Arguments }))
        );
        await File.WriteAllTextAsync(
            Path.Combine(_home.Path, "connectors", "api.yaml"),
            $$"""
            connector:
              manifest_version: 2
              name: api
              version: 1.0.0
              title: API
              base_url: {{_origin}}
              argument_check: standard
              security: []
              limits: { max_attempts: 1 }
              security_schemes:
                query: { type: api_key, location: query, key_name: 'api key' }
                header: { type: api_key, location: header, key_name: X-Key }
                cookie: { type: api_key, location: cookie, key_name: sid }
                bearer: { type: bearer }
                basic: { type: basic }
              tools:
              {{Tool(
                "find",
                "GET /items/{id}",
                "id: { in: path, name: id }, q: { in: query, name: 'q[]' }, list: { in: query, name: list, explode: false }"
            )}}
              {{Tool(
                "encoded",
                "GET /it%65ms/{id}",
                "id: { in: path, name: id }, raw: { in: query, name: raw, allow_reserved: true }"
            )}}
              {{Tool(
                "headers",
                "GET /headers",
                "h: { in: header, name: X-Text }, etag: { in: header, name: If-None-Match }, empty: { in: header, name: X-Empty }"
            )}}
              {{Tool("cookies", "GET /cookies", "c: { in: cookie, name: c }")}}
              {{Tool("json", "POST /json", "", "content_type: application/json, argument: body")}}
              {{Tool(
                "form",
                "POST /form",
                "a: { in: body, name: a }, b: { in: body, name: 'b[]' }",
                "content_type: application/x-www-form-urlencoded"
            )}}
              {{Tool(
                "multipart",
                "POST /multipart",
                "note: { in: body, name: note }, file: { in: body, name: file }",
                "content_type: multipart/form-data, encoding: { file: { file: true } }"
            )}}
              {{Tool("octets", "PUT /octets", "", "content_type: application/octet-stream, argument: body")}}
              {{Tool("text", "POST /text", "", "content_type: text/plain, argument: body")}}
              {{Tool("latin", "POST /latin", "", "content_type: 'text/plain; charset=iso-8859-1', argument: body")}}
              {{Tool("nothing", "POST /nothing", "")}}
              {{Tool("remove", "DELETE /items/1", "")}}
              {{Tool("query", "QUERY /query", "", "content_type: application/json, argument: body")}}
              {{Tool("head", "HEAD /head", "")}}
              {{Tool("key_in_query", "GET /key#k1", "q: { in: query, name: q }", security: "query")}}
              {{Tool("key_in_header", "GET /key#k2", "", security: "header")}}
              {{Tool("key_in_cookie", "GET /key#k3", "c: { in: cookie, name: c }", security: "cookie")}}
              {{Tool("bearer", "GET /key#k4", "", security: "bearer")}}
              {{Tool("basic", "GET /key#k5", "", security: "basic")}}
            """
        );
    }

    private static string Tool(
        string name,
        string endpoint,
        string arguments,
        string? body = null,
        string? security = null
    )
    {
        var names = Regex.Matches(arguments, @"(\w+): \{ in").Select(match => match.Groups[1].Value).ToList();
        if (body?.Contains("argument: body", StringComparison.Ordinal) == true)
            names.Add("body");
        return $$"""
            - name: {{name}}
                description: Test.
                endpoint: '{{endpoint}}'
                arguments: { {{arguments}} }
                input_schema: { type: object, properties: { {{string.Join(
                ", ",
                names.Select(argument => $"{argument}: {{}}")
            )}} }{{(names.Contains("id") ? ", required: [id]" : "")}} }
                {{(body is null ? "" : $"body: {{ {body} }}")}}
                {{(security is null ? "" : $"security: [ {{ {security}: [] }} ]")}}
            """;
    }
}
