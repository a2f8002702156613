using System.Text;
using McpRuntime.Calls.Plan;
using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.Documents;
using McpRuntime.Http;
using McpRuntime.Manifests;
using McpRuntime.Validation;

namespace McpRuntime.Tests.Validation;

/// <summary>What a call would refuse of a manifest, <c>validate</c> refuses.</summary>
public class CallableTests
{
    [Theory]
    [InlineData("arguments: { a: { in: header, name: Cookie } }", "header-name")]
    [InlineData("arguments: { a: { in: header, name: cookie } }", "header-name")]
    [InlineData("arguments: { a: { in: header, name: Content-Encoding } }", "header-name")]
    [InlineData("arguments: { a: { in: header, name: HTTP2-Settings } }", "header-name")]
    [InlineData("arguments: { a: { in: header, name: Proxy-Authenticate } }", "header-name")]
    [InlineData("arguments: { a: { in: header, name: Accept } }", "header-name")]
    [InlineData("arguments: { a: { in: header, name: 'a b' } }", "header-name")]
    [InlineData("arguments: { a: { in: cookie, name: 'a;b' } }", "header-name")]
    [InlineData(
        "arguments: { a: { in: query, name: a } }, fixed: [ { in: header, name: Host, value: x } ]",
        "header-name"
    )]
    [InlineData(
        "arguments: { a: { in: query, name: a } }, fixed: [ { in: header, name: X-A, value: \"a\\nb\" } ]",
        "fixed-value"
    )]
    [InlineData("arguments: { a: { in: query, name: a } }, fixed: [ { in: body, name: x, value: 1 } ]", "body-missing")]
    [InlineData(
        "arguments: {}, body: { content_type: application/json, argument: a }, fixed: [ { in: body, name: x, value: 1 } ]",
        "body-conflict"
    )]
    [InlineData("arguments: { a: { in: body, name: a } }, body: { content_type: text/plain }", "body-conflict")]
    [InlineData(
        "arguments: { a: { in: body, name: a } }, body: { content_type: 'application/json; charset=é' }",
        "media-type"
    )]
    [InlineData("arguments: { a: { in: query, name: a } }, accept: json", "media-type")]
    [InlineData("arguments: { a: { in: query, name: key } }, security: [ { q: [] } ]", "duplicate-location")]
    [InlineData("arguments: { a: { in: header, name: x-key } }, security: [ { q: [], h: [] } ]", "duplicate-location")]
    [InlineData(
        "arguments: { a: { in: query, name: a } }, fixed: [ { in: cookie, name: sid, value: x } ], security: [ {}, { c: [] } ]",
        "duplicate-location"
    )]
    public void What_a_call_refuses_is_found(string members, string rule)
    {
        var manifest = Read(members);
        Assert.NotNull(Problem(manifest));
        Assert.Contains(ManifestValidator.Validate(manifest, strict: false), finding =>
            finding.RuleId == rule && finding.Severity == FindingSeverity.Error
        );
    }

    [Theory]
    [InlineData("arguments: { a: { in: header, name: X-A } }")]
    [InlineData("arguments: { a: { in: cookie, name: Cookie } }")]
    [InlineData("arguments: { a: { in: query, name: Host } }")]
    [InlineData("arguments: { a: { in: query, name: x-key } }, security: [ { h: [] } ]")]
    [InlineData("arguments: { a: { in: header, name: X-A } }, security: [ { cookieHeader: [] } ]")]
    public void What_a_call_takes_is_valid(string members)
    {
        var manifest = Read(members);
        Assert.Null(Problem(manifest));
        Assert.DoesNotContain(ManifestValidator.Validate(manifest, strict: false), finding =>
            finding.Severity == FindingSeverity.Error
        );
    }

    [Fact]
    public void Every_name_of_a_header_is_judged_alike()
    {
        string[] names =
        [
            "Accept",
            "Accept-Language",
            "Authorization",
            "Connection",
            "Content-Encoding",
            "Content-Length",
            "Content-Type",
            "Cookie",
            "Date",
            "Expect",
            "Host",
            "If-Match",
            "Keep-Alive",
            "Origin",
            "Proxy-Authorization",
            "Proxy-Connection",
            "Range",
            "TE",
            "Trailer",
            "Transfer-Encoding",
            "Upgrade",
            "User-Agent",
            "X-Request-Id",
            "é",
            "a b",
            "a:b",
        ];
        foreach (var name in names.Concat(names.Select(name => name.ToUpperInvariant())))
        {
            var manifest = Read($"arguments: {{ a: {{ in: header, name: '{name}' }} }}");
            Assert.Equal(RequestFields.Refuse(name) is not null, Problem(manifest) is not null);
            Assert.Equal(
                RequestFields.Refuse(name) is not null,
                ManifestValidator
                    .Validate(manifest, strict: false)
                    .Any(finding => finding.Severity == FindingSeverity.Error)
            );
        }
    }

    [Theory]
    [InlineData("Q: { type: basic },")]
    [InlineData("q: { type: api_key, location: header, key_name: Content-Length }, Q2: { type: basic },")]
    public void A_scheme_that_no_call_can_use_is_found(string schemes)
    {
        var manifest = Read("arguments: { a: { in: query, name: a } }, security: [ { q: [] } ]", schemes);
        Assert.NotNull(Problem(manifest));
        Assert.Contains(ManifestValidator.Validate(manifest, strict: false), finding =>
            finding.RuleId == "security-scheme"
        );
    }

    private static string? Problem(ConnectorManifest manifest) =>
        CallPlan.Create(manifest, manifest.Tools[0], _ => null).Problem;

    private static ConnectorManifest Read(string members, string schemes = "")
    {
        // Not ManifestReader, which keeps a manifest with errors to itself.
        var text = Encoding.UTF8.GetBytes(
            $$"""
            connector:
              manifest_version: 2
              name: api
              version: 1.0.0
              base_url: https://api.example
              security_schemes: { {{schemes}} {{(
                schemes.StartsWith('q') ? "" : "q: { type: api_key, location: query, key_name: key },"
            )}}
                h: { type: api_key, location: header, key_name: X-Key },
                c: { type: api_key, location: cookie, key_name: sid }, cookieHeader: { type: api_key, location: header, key_name: Cookie } }
              tools:
              - { name: tool, description: Calls the API., endpoint: POST /x, input_schema: { type: object, properties: { a: {} } }, {{members}} }
            """
        );
        var parsed = DocumentParser.Parse(text, "test.yaml", new DocumentLimits());
        var fields = new ManifestFields(parsed);
        var manifest = ConnectorReader.Read(fields, parsed.Json.RootElement);
        Assert.Empty(fields.Findings);
        return manifest!;
    }
}
