using System.Text;
using McpRuntime.Configuration;
using McpRuntime.Credentials;
using McpRuntime.Documents;
using McpRuntime.Http.Access;
using McpRuntime.Http.Tests.Mcp;
using McpRuntime.OpenApi;
using McpRuntime.Testing;
using Microsoft.AspNetCore.Routing;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Page;

/// <summary>The gateway's own OpenAPI document says what is there, and nothing else.</summary>
public class DocumentTests
{
    [Fact]
    public async Task Every_route_is_described_and_every_description_is_a_route()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        var document = await admin.SendAsync("GET", "/v1/openapi.json");

        var described = document
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path =>
                path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}")
            );
        var routed = ((IEndpointRouteBuilder)gateway.App)
            .DataSources.SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Select(endpoint =>
                (
                    Path: "/" + endpoint.RoutePattern.RawText!.Trim('/').Replace("**", ""),
                    Methods: endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
                )
            )
            .Where(route =>
                route.Path.StartsWith("/v1", StringComparison.Ordinal)
                || route.Path.StartsWith("/health", StringComparison.Ordinal)
                || route.Path == "/metrics"
            )
            .SelectMany(route => route.Methods.Select(method => $"{method} {route.Path}"));

        Assert.Equal(routed.Order(), described.Order());
    }

    [Fact]
    public async Task It_names_the_rights_that_the_routes_need()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var document = await gateway.Client.SendAsync("GET", "/v1/openapi.json");

        var described = document
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path =>
                path.Value.EnumerateObject()
                    .Where(method => method.Value.TryGetProperty("x-rights", out _))
                    .Select(method =>
                        $"{method.Name.ToUpperInvariant()} {path.Name}: {string.Join(", ", method.Value.GetProperty("x-rights").EnumerateArray())}"
                    )
            );
        var needed = ((IEndpointRouteBuilder)gateway.App)
            .DataSources.SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<RouteAccess>() is { Rights: not Rights.None })
            .SelectMany(endpoint =>
                endpoint
                    .Metadata.GetMetadata<HttpMethodMetadata>()!
                    .HttpMethods.Select(method =>
                        $"{method} /{endpoint.RoutePattern.RawText!.Trim('/').Replace("**", "")}: {endpoint.Metadata.GetMetadata<RouteAccess>()!.Rights.ToString().ToLowerInvariant()}"
                    )
            );

        Assert.Equal(needed.Order(), described.Order());
    }

    [Fact]
    public async Task It_imports_as_a_connector_of_its_own()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var admin = gateway.Admin();
        var text = (await admin.SendAsync("GET", "/v1/openapi.json")).GetRawText();
        var importer = new OpenApiImporter(new DocumentLoader(new DocumentLimits()));

        var result = await importer.ImportAsync(
            new DocumentSource.FromStream("openapi.json", () => new MemoryStream(Encoding.UTF8.GetBytes(text))),
            new ImportOptions { BaseUrl = gateway.Url },
            TestContext.Current.CancellationToken
        );

        Assert.NotNull(result.Manifest);
        Assert.DoesNotContain(result.Findings, finding =>
            finding.Severity == McpRuntime.Diagnostics.FindingSeverity.Error
        );
        Assert.Contains("list_projects", result.Manifest.Tools.Select(tool => tool.Name));
    }

    [Fact]
    public async Task A_gateway_serves_another_one_from_its_document()
    {
        await using var managed = await RunningGateway.StartAsync();
        using var owner = managed.Admin();
        var text = (await owner.SendAsync("GET", "/v1/openapi.json")).GetRawText();
        using var secrets = new TemporaryFolder();
        secrets.Write(
            CredentialName.For("ops/gateway", "bearer", CredentialField.Token),
            owner.DefaultRequestHeaders.Authorization!.Parameter!
        );
        secrets.Write(
            CredentialName.For("ops/gateway", "bearer", CredentialField.Origins),
            managed.Url.GetLeftPart(UriPartial.Authority)
        );
        await using var gateway = await RunningGateway.StartAsync([
            Manifests.Loopback,
            ("CREDENTIALS_DIR", secrets.Path),
        ]);
        using var admin = gateway.Admin();
        await admin.SendAsync("POST", "/v1/projects", """{"name":"ops"}""", 201);
        await admin.SendAsync(
            "POST",
            "/v1/projects/ops/imports",
            $$"""{"name":"gateway","baseUrl":"{{managed.Url}}","document":{{text}}}""",
            201
        );

        var made = await admin.JsonAsync(
            Call("create_project", """{"name":"support","description":"through a tool"}""", "/projects/ops/mcp")
        );

        Assert.False(made.GetProperty("result").TryGetProperty("isError", out _), made.ToString());
        Assert.Equal("through a tool", (await owner.SendAsync("GET", "/v1/projects/support")).Text("description"));
    }
}
