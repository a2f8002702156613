using System.Text;
using McpRuntime.Http.Audit;
using McpRuntime.Http.Tests.Authentication;
using McpRuntime.Http.Tests.Storage;
using McpRuntime.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.IdentityModel.Tokens;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;
using AuditOf = McpRuntime.Http.Tests.Audit;

namespace McpRuntime.Http.Tests.Access;

/// <summary>The audit has every change with what changed, and every attempt that was refused or failed.</summary>
public class AuditTrailTests(PostgresServer postgres)
{
    private const string Key = "q8Zf0sTnVw2LkXb7Rj5HcYp3MdGe9UaB";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_route_that_changes_something_has_a_name_in_it()
    {
        await using var gateway = await RunningGateway.StartAsync();

        var unnamed = ((IEndpointRouteBuilder)gateway.App)
            .DataSources.SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(route => route.RoutePattern.RawText!.StartsWith("/v1", StringComparison.Ordinal))
            .SelectMany(route =>
                route
                    .Metadata.GetMetadata<HttpMethodMetadata>()!
                    .HttpMethods.Where(method => method != "GET" && AuditedActions.Of(method, route) is null)
                    .Select(method => $"{method} {route.RoutePattern.RawText}")
            );

        Assert.Empty(unnamed);
    }

    [Fact]
    public async Task Changes_are_in_it_with_what_changed()
    {
        await using var upstream = Manifests.Upstream();
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback]);
        var admin = gateway.Client;
        var shop = Manifests.Shop(upstream.Url);
        await admin.SendAsync("POST", "/v1/projects", """{"name":"p","title":"One"}""", 201);
        await admin.SendAsync("PUT", "/v1/projects/p", """{"title":"Two"}""", ifMatch: "*");
        await admin.SendAsync("POST", "/v1/projects/p/connectors", shop, 201, type: "application/yaml");
        await admin.SendAsync(
            "POST",
            "/v1/projects/p/connectors",
            shop.Replace("1.0.0", "1.1.0", StringComparison.Ordinal)
                .Replace("name: add_item", "name: put_item", StringComparison.Ordinal),
            201,
            ifMatch: "*",
            type: "application/yaml"
        );
        await admin.SendAsync(
            "PATCH",
            "/v1/projects/p/connectors/shop",
            """{"enabled":false,"tools":["get_*"]}""",
            ifMatch: "*"
        );
        var token = (
            await admin.SendAsync("POST", "/v1/tokens", """{"name":"ci","roles":["reader","user"],"days":3}""", 201)
        ).Text("id");
        await admin.SendAsync("DELETE", $"/v1/tokens/{token}", status: 204);
        await admin.SendAsync("POST", "/v1/projects/p/imports", $$"""{"document":{{Document}},"name":"pets"}""", 201);
        await admin.SendAsync("POST", "/v1/runtime/reload");

        // Written in the order in which they happened.
        await AuditOf.OfAsync(admin, "runtime.reload", "ok");
        Assert.Equal("title 'One'", (await AuditOf.OfAsync(admin, "project.create", "ok")).Detail);
        Assert.Equal("title 'One' → 'Two'", (await AuditOf.OfAsync(admin, "project.update", "ok")).Detail);
        Assert.Equal(
            "replaces the previous one; version '1.0.0' → '1.1.0'; tools +put_item -add_item",
            (await AuditOf.OfAsync(admin, "connector.install", "ok")).Detail
        );
        Assert.Equal(
            "enabled 'True' → 'False'; tools +get_*",
            (await AuditOf.OfAsync(admin, "connector.change", "ok")).Detail
        );
        Assert.StartsWith(
            "name 'ci'; roles reader user; expires ",
            (await AuditOf.OfAsync(admin, "token.revoke", "ok")).Detail
        );
        Assert.StartsWith(
            "from a document in the request; version ",
            (await AuditOf.OfAsync(admin, "connector.import", "ok")).Detail
        );
        Assert.Single(await AuditOf.EntriesAsync(admin, entry => entry.Text("caller") == "first start"));
    }

    [Fact]
    public async Task Changes_that_fail_are_in_it_with_the_reason()
    {
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback]);
        var admin = gateway.Client;
        await admin.SendAsync("POST", "/v1/projects", """{"name":"p"}""", 201);
        await admin.SendAsync("POST", "/v1/projects", """{"name":"p"}""", 409);
        await admin.SendAsync("POST", "/v1/projects/p/imports", """{"document":"no document"}""", 422);
        await admin.SendAsync("DELETE", "/v1/tokens/nobody", status: 404);

        Assert.Equal(
            ("refused 409", "The project 'p' already exists."),
            await AuditOf.OfAsync(admin, "project.create", "refused")
        );
        Assert.Contains(
            "neither a JSON nor a YAML document",
            (await AuditOf.OfAsync(admin, "connector.import", "refused 422")).Detail
        );
        Assert.Contains("does not exist", (await AuditOf.OfAsync(admin, "token.revoke", "refused 404")).Detail);
    }

    [Fact]
    public async Task Refusals_are_in_it_with_who_was_refused()
    {
        await using var upstream = Manifests.Upstream();
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        var roles = home.Write("roles.json", """{"roles": {"elsewhere": {"projects": ["x"]}}}""");
        await using var gateway = await RunningGateway.StartAsync([Manifests.Loopback, ("ROLES_FILE", roles)], home);
        var admin = gateway.Client;
        using var reader = await gateway.ClientAsync("reader");
        using var elsewhere = await gateway.ClientAsync("elsewhere");
        gateway.Anonymous.DefaultRequestHeaders.Authorization = new("Bearer", "mcprt_guess");
        await gateway.Anonymous.SendAsync("GET", "/v1/tools", status: 401);
        await reader.SendAsync("POST", "/v1/runtime/stop", "{}", 403);
        await reader.JsonAsync(Call("delete_item", """{"id":7}"""));
        await reader.SendAsync("POST", "/v1/tools/delete_item", """{"id":7}""", 404);
        await reader.SendAsync("POST", "/v1/tools/no_such_tool", "{}", 404);
        await elsewhere.JsonAsync(Modern("tools/list"), 404);

        Assert.Equal("refused 401", (await AuditOf.OfAsync(admin, "access", "refused 401")).Outcome);
        Assert.Contains("runtime", (await AuditOf.OfAsync(admin, "runtime.stop", "refused 403")).Detail);
        var calls = await AuditOf.EntriesAsync(admin, entry => entry.Text("action") == "tool.call", least: 2);
        Assert.All(calls, call =>
            Assert.Equal(("shop:delete_item", "refused"), (call.Text("target"), call.Text("outcome")))
        );
        Assert.Equal(2, calls.Count);
        Assert.Equal("refused 404", (await AuditOf.OfAsync(admin, "access", "refused 404")).Outcome);
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task Guessing_does_not_fill_it()
    {
        await using var gateway = await RunningGateway.StartAsync(change: parts =>
            parts with
            {
                Time = new FrozenTime(),
            }
        );
        gateway.Anonymous.DefaultRequestHeaders.Authorization = new("Bearer", "mcprt_guess");
        for (var guess = 0; guess < 200; guess++)
        {
            using var answer = await gateway.Anonymous.GetAsync("/v1/tools", Cancelled);
            Assert.Equal(guess < 60 ? 401 : 429, (int)answer.StatusCode);
        }
        await gateway.Client.SendAsync("POST", "/v1/projects", """{"name":"last"}""", 201);
        await AuditOf.OfAsync(gateway.Client, "project.create", "ok");

        Assert.Equal(
            60,
            (await AuditOf.EntriesAsync(gateway.Client, entry => entry.Text("caller") == "anonymous")).Count
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_subject_with_a_NUL_is_a_caller_of_its_own_and_the_audit_goes_on(bool isPostgres)
    {
        (string, string)[] database = isPostgres ? [("DATABASE_URL", await postgres.CreateDatabaseAsync())] : [];
        await using var gateway = await RunningGateway.StartAsync([
            .. database,
            ("JWT_SECRET_KEY", Key),
            ("PUBLIC_URL", "https://mcp.example"),
            ("ALLOWED_HOSTS", "127.0.0.1"),
            ("JWT_ROLES_CLAIM", "roles"),
        ]);
        string[] subjects = ["ann", "ann\0", "ann\u202e", "ann%00", "ann\ud83d\ude00"];
        foreach (var subject in subjects)
        {
            using var client = new HttpClient { BaseAddress = gateway.Url };
            client.DefaultRequestHeaders.Authorization = new(
                "Bearer",
                TestAuthority.Sign(
                    new SymmetricSecurityKey(Encoding.UTF8.GetBytes(Key)),
                    "HS256",
                    "mcp-runtime",
                    "https://mcp.example",
                    ["admin"],
                    subject: subject
                )
            );
            await client.SendAsync("POST", "/v1/runtime/drain", """{"draining":false}""");
            if (subject == subjects[^1])
            {
                var noted = await AuditOf.EntriesAsync(
                    client,
                    entry => entry.Text("action") == "runtime.drain",
                    subjects.Length
                );
                Assert.Equal(
                    [
                        "jwt:mcp-runtime|ann😀",
                        "jwt:mcp-runtime|ann%2500",
                        "jwt:mcp-runtime|ann%E2%80%AE",
                        "jwt:mcp-runtime|ann%00",
                        "jwt:mcp-runtime|ann",
                    ],
                    noted.Select(entry => entry.Text("caller"))
                );
            }
        }
    }

    private const string Document = """
        {"openapi":"3.1.0","info":{"title":"Pets","version":"2.0.0"},"servers":[{"url":"https://pets.example"}],
         "paths":{"/pets":{"get":{"operationId":"listPets","summary":"Lists.","responses":{"200":{"description":"All."}}}}}}
        """;
}
