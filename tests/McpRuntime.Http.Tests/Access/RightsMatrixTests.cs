using System.Net;
using System.Text;
using McpRuntime.Http.Access;
using McpRuntime.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace McpRuntime.Http.Tests.Access;

/// <summary>
/// Every route of the gateway against every right, everywhere and in one project, inside of it and outside.
/// </summary>
public class RightsMatrixTests
{
    // Whatever says of itself that it needs no token; the live view is opened by a ticket.
    private static readonly string[] WithoutToken =
    [
        "GET /",
        "GET /page/app.js",
        "GET /page/app.css",
        "GET /page/icon.svg",
        "GET /health/live",
        "GET /health/ready",
        "GET /v1/runtime/stream",
        "GET /sign-in/methods",
        // They are how someone becomes a caller: see SignInAttackTests.
        "GET /sign-in",
        "GET /sign-in/callback",
        "GET /sign-in/callback/{issuer}",
        "POST /sign-out",
        // Where the gateway is and what it speaks: see ServerCardTests.
        "GET /mcp/server-card",
        "GET /.well-known/ai-catalog.json",
        "GET /.well-known/mcp/catalog.json",
        "GET /.well-known/oauth-protected-resource",
        "GET /.well-known/oauth-protected-resource/mcp",
        "GET /.well-known/oauth-protected-resource/mcp/{connector}",
        "GET /.well-known/oauth-protected-resource/projects/{project}/mcp",
        // Browsers send no token: each checks the link, the proof and the cookie itself, see ConnectAttackTests.
        "GET /connect/{ticket}",
        "POST /connect/{ticket}",
        "GET /connect/confirm/{session}",
        "POST /connect/confirm/{session}",
        "GET /connect/callback",
        "GET /connect/done/{session}",
        "POST /connect/disconnect/{session}",
    ];

    private static readonly string[] Rights = RightNames.All.Split(", ");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_route_says_who_may_use_it()
    {
        await using var gateway = await RunningGateway.StartAsync();

        var anonymous = Routes(gateway)
            .Where(route => route.Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(route => $"{route.Method} {route.Path}");

        Assert.Equal(WithoutToken.Order(), anonymous.Order());
        foreach (var (endpoint, method, path) in Guarded(gateway))
        {
            var access = endpoint.Metadata.GetMetadata<RouteAccess>();
            Assert.True(
                access is not null,
                $"{method} {path} says nothing about who may use it: add Require or ForCallers."
            );
            Assert.True(
                access.Reach != Reach.Project || path.Contains("{project}", StringComparison.Ordinal),
                $"{method} {path} names no project."
            );
            Assert.True(
                access.Rights == Http.Access.Rights.None
                    || access.Reach == Reach.Project
                    || !path.Contains("{project}", StringComparison.Ordinal),
                $"{method} {path} names a project and is not limited by it."
            );
        }
    }

    [Fact]
    public async Task No_role_gets_further_than_its_rights_and_projects()
    {
        using var home = new TemporaryFolder();
        await using var gateway = await RunningGateway.StartAsync(
            [("ROLES_FILE", home.Write("roles.json", RolesFile()))],
            home
        );
        foreach (var project in new[] { "inside", "outside" })
            await gateway.Client.SendAsync("POST", "/v1/projects", $$"""{"name":"{{project}}"}""", 201);
        var wrong = new List<string>();
        foreach (var role in Roles())
        {
            using var client = await gateway.ClientAsync([role.Name], role.LimitedTo);
            foreach (var (endpoint, method, path) in Guarded(gateway))
            {
                foreach (
                    var project in path.Contains("{project}", StringComparison.Ordinal)
                        ? new[] { "inside", "outside" }
                        : [""]
                )
                {
                    var expected = role.Expects(endpoint.Metadata.GetMetadata<RouteAccess>()!, path, project);
                    // That who may stop the gateway can is another test.
                    if (path == "/v1/runtime/stop" && expected == Answer.Allowed)
                        continue;
                    if (await AnswerAsync(client, method, path, project) is var answer && answer != expected)
                        wrong.Add($"{role}: {method} {path} ({project}): {answer}, expected {expected}");
                }
            }
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_token_without_a_role_learns_who_it_is_and_gets_nowhere_else()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var client = await gateway.ClientAsync("of-a-role-that-was-removed");
        var allowed = new List<string>();

        foreach (var (_, method, path) in Guarded(gateway))
        {
            if (await AnswerAsync(client, method, path, "p") != Answer.Refused)
                allowed.Add($"{method} {path}");
        }

        Assert.Equal(["GET /v1/caller"], allowed);
    }

    private static IEnumerable<(RouteEndpoint Endpoint, string Method, string Path)> Guarded(RunningGateway gateway) =>
        Routes(gateway).Where(route => route.Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null);

    private static IEnumerable<(RouteEndpoint Endpoint, string Method, string Path)> Routes(RunningGateway gateway) =>
        from endpoint in ((IEndpointRouteBuilder)gateway.App)
            .DataSources.SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
        // The fallback, which answers 404, is the only one without a method.
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        select (
            endpoint,
            method,
            "/" + endpoint.RoutePattern.RawText!.Trim('/').Replace("**", "", StringComparison.Ordinal)
        );

    private static async Task<Answer> AnswerAsync(HttpClient client, string method, string path, string project)
    {
        var url = path.Replace("{project}", project, StringComparison.Ordinal)
            .Replace("{connector}", "nothing", StringComparison.Ordinal)
            .Replace("{id}", "nothing", StringComparison.Ordinal)
            .Replace("{tool}", "nothing", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        if (method is "POST" or "PUT" or "PATCH")
            request.Content = new StringContent("""{"draining":false}""", Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        if (answer.StatusCode != HttpStatusCode.Forbidden)
        {
            var isHidden =
                answer.StatusCode == HttpStatusCode.NotFound
                && (await answer.Content.ReadAsStringAsync(Cancelled)).Contains(
                    "no such MCP endpoint",
                    StringComparison.Ordinal
                );
            return isHidden ? Answer.Hidden : Answer.Allowed;
        }
        Assert.Contains("error=\"insufficient_scope\"", answer.Headers.WwwAuthenticate.ToString());
        return Answer.Refused;
    }

    private static string RolesFile() =>
        "{\"roles\": {"
        + string.Join(
            ", ",
            Rights.SelectMany(right =>
                new[]
                {
                    $$"""
                        "{{right}}": {"rights": ["{{right}}"], "access": "none"}
                        """,
                    $$"""
                        "{{right}}-inside": {"rights": ["{{right}}"], "access": "destructive", "projects": ["inside"]}
                        """,
                }
            )
        )
        + ", \"all-inside\": {\"rights\": [\""
        + string.Join("\", \"", Rights)
        + "\"], \"access\": \"destructive\", \"projects\": [\"inside\"]}}}";

    private static IEnumerable<TestedRole> Roles() =>
        [
            new("admin", Rights, IsEverywhere: true),
            new("user", [], IsEverywhere: true),
            new("reader", [], IsEverywhere: true),
            new("all-inside", Rights, IsEverywhere: false),
            new("admin", Rights, IsEverywhere: false) { LimitedTo = ["inside"] },
            new("all-inside", Rights, IsEverywhere: false) { LimitedTo = ["*"] },
            .. Rights.Select(right => new TestedRole(right, [right], IsEverywhere: true)),
            .. Rights.Select(right => new TestedRole(right + "-inside", [right], IsEverywhere: false)),
        ];

    private enum Answer
    {
        Refused,

        /// <summary>An MCP endpoint that is not there for the caller.</summary>
        Hidden,
        Allowed,
    }

    private sealed record TestedRole(string Name, string[] Rights, bool IsEverywhere)
    {
        /// <summary>Projects of the token.</summary>
        public string[] LimitedTo { get; init; } = [];

        public Answer Expects(RouteAccess access, string path, string project)
        {
            if (access.Rights == Http.Access.Rights.None)
                return path.Contains("/mcp", StringComparison.Ordinal) && !IsThere(path, project)
                    ? Answer.Hidden
                    : Answer.Allowed;
            var holds = Rights.Any(right => access.Rights.ToString().ToLowerInvariant().Split(", ").Contains(right));
            var reaches =
                IsEverywhere || access.Reach == Reach.Any || (access.Reach == Reach.Project && project == "inside");
            return holds && reaches ? Answer.Allowed : Answer.Refused;
        }

        // The connector that the walk asks for exists nowhere.
        private bool IsThere(string path, string project) =>
            !path.Contains("{connector}", StringComparison.Ordinal) && (IsEverywhere || project == "inside");
    }
}
