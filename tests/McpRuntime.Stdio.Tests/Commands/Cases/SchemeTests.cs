using System.Text.RegularExpressions;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands.Cases;

/// <summary>
/// Security schemes: which can be used, which alternative is used, and what import says about the others.
/// </summary>
public sealed class SchemeTests(ImportedCases cases) : IClassFixture<ImportedCases>
{
    [Theory]
    [InlineData("drf", "TOKENAUTH__VALUE=Token t0k", "Authorization: Token t0k")]
    [InlineData("bearerkey", "JWTKEY__VALUE=Bearer t0k", "Authorization: Bearer t0k")]
    [InlineData("upper", "UPPER__TOKEN=t0k", "Authorization: Bearer t0k")]
    [InlineData("impl", "IMPL__TOKEN=t0k", "Authorization: Bearer t0k")]
    [InlineData("opt", "COOKIEAUTH__VALUE=t0k", "Cookie: sessionid=t0k")]
    [InlineData("opt", "BASICAUTH__USERNAME=u BASICAUTH__PASSWORD=p", "Authorization: Basic dTpw")]
    [InlineData("opt", "", "")]
    [InlineData("and_two", "A__VALUE=one B__VALUE=two", "X-App-Id: one", "X-App-Key: two")]
    [InlineData("digest", "", "")]
    [InlineData("undef", "", "")]
    public async Task A_scheme_that_a_value_serves_is_used(string tool, string credentials, params string[] headers)
    {
        Set("AUTH", credentials);

        var request = await cases.SentAsync("auth.yaml", tool);

        Assert.Equal($"/{tool.Replace("and_two", "and", StringComparison.Ordinal)}", request.Target);
        Assert.Equal(headers.Where(header => header.Length > 0), Credentials(request));
    }

    [Fact]
    public async Task A_key_that_is_also_a_parameter_is_sent_once_from_the_credential()
    {
        Set("AUTH", "Q__VALUE=k3y");

        var request = await cases.SentAsync("auth.yaml", "param", """{"x":"1"}""");

        Assert.Equal(
            ["api_key=k3y", "x=1"],
            request.Target["/param?".Length..].Split('&').Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task What_no_value_serves_is_reported_at_import()
    {
        var report = await cases.ImportAsync("auth.yaml");

        Assert.Equal(["/components/securitySchemes/dig"], ImportedCases.Pointers(report, "security-scheme"));
        Assert.Equal(["/paths/~1undef/get/security/0"], ImportedCases.Pointers(report, "unknown-security-scheme"));
        Assert.Contains(
            "'digest', which is not supported",
            report.GetProperty("warnings").GetRawText(),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("digest", "{ type: http, scheme: Digest }")]
    [InlineData("negotiate", "{ type: http, scheme: negotiate }")]
    [InlineData("hoba", "{ type: http, scheme: HOBA }")]
    [InlineData("signature", "{ type: http, scheme: AWS4-HMAC-SHA256 }")]
    [InlineData("signed", "{ type: apiKey, in: header, name: Authorization, x-amazon-apigateway-authtype: awsSigv4 }")]
    public async Task Another_alternative_is_preferred(string name, string scheme)
    {
        var tool = $"get_{name}";
        var report = await cases.ImportAsync(
            name,
            $$"""
            openapi: 3.0.3
            info: { title: T, version: '1' }
            servers: [ { url: 'https://api.example' } ]
            paths:
              /a:
                get: { operationId: {{tool}}, security: [ { first: [] }, { first: [], key: [] }, { key: [] } ], responses: { '200': { description: D } } }
            components:
              securitySchemes:
                first: {{scheme}}
                key: { type: apiKey, in: header, name: X-Key }
            """
        );
        Assert.Equal(["/components/securitySchemes/first"], ImportedCases.Pointers(report, "security-scheme"));
        Set(name.ToUpperInvariant(), "KEY__VALUE=k3y");

        var (output, requests) = await cases.CallAsync(tool);

        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.Equal(["X-Key: k3y"], Credentials(Assert.Single(requests)));
    }

    [Theory]
    [InlineData(
        "signedkey",
        "{ type: apiKey, in: header, name: Authorization, x-amazon-apigateway-authtype: awsSigv4 }"
    )]
    [InlineData("digestkey", "{ type: http, scheme: digest }")]
    public async Task The_key_that_a_signature_is_needed_with_is_sent(string name, string scheme)
    {
        var report = await cases.ImportAsync(
            name,
            $$"""
            openapi: 3.0.3
            info: { title: T, version: '1' }
            servers: [ { url: 'https://api.example' } ]
            security: [ { first: [], key: [] } ]
            paths:
              /a: { get: { operationId: get_{{name}}, responses: { '200': { description: D } } } }
            components:
              securitySchemes:
                first: {{scheme}}
                key: { type: apiKey, in: header, name: X-Key }
            """
        );
        Assert.Equal(
            ["/components/securitySchemes/first", "/security/0"],
            ImportedCases.Pointers(report, "security-scheme")
        );
        Set(name.ToUpperInvariant(), "KEY__VALUE=k3y");

        var (output, requests) = await cases.CallAsync($"get_{name}");

        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.Equal(["X-Key: k3y"], Credentials(Assert.Single(requests)));
    }

    [Theory]
    [InlineData("Token")]
    [InlineData("OAuth")]
    public async Task Another_word_of_Authorization_stays_usable(string word)
    {
        var name = word.ToLowerInvariant();
        var report = await cases.ImportAsync(
            name,
            $$"""
            openapi: 3.0.3
            info: { title: T, version: '1' }
            servers: [ { url: 'https://api.example' } ]
            security: [ { word: [] } ]
            paths:
              /a: { get: { operationId: get_by_{{name}}, responses: { '200': { description: D } } } }
            components: { securitySchemes: { word: { type: http, scheme: {{word}} } } }
            """
        );
        Assert.Empty(ImportedCases.Pointers(report, "security-scheme"));
        var (unset, _) = await cases.CallAsync($"get_by_{name}");
        var variable = Regex.Match(unset.Error, "MCP_RUNTIME_CREDENTIAL__[A-Z_]+").Value;
        cases.Runtime.Environment[variable] = "t0k";

        var (output, requests) = await cases.CallAsync($"get_by_{name}");

        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.Equal([$"Authorization: {word} t0k"], Credentials(Assert.Single(requests)));
    }

    // Each test starts without credentials of the one before it.
    private void Set(string connector, string credentials)
    {
        cases.Runtime.Environment.Clear();
        foreach (var pair in Regex.Split(credentials, " (?=[A-Z_]+=)").Where(pair => pair.Length > 0))
            cases.Runtime.Environment[$"MCP_RUNTIME_CREDENTIAL__{connector}__{pair.Split('=')[0]}"] = pair.Split('=')[
                1
            ];
    }

    private static IEnumerable<string> Credentials(RecordedRequest request) =>
        request.HeaderLines.Where(line =>
            line.StartsWith("Authorization:", StringComparison.OrdinalIgnoreCase)
            || line.StartsWith("Cookie:", StringComparison.OrdinalIgnoreCase)
            || line.StartsWith("X-App-", StringComparison.OrdinalIgnoreCase)
            || line.StartsWith("X-Key:", StringComparison.OrdinalIgnoreCase)
        );
}
