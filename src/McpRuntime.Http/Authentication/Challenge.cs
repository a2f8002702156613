using McpRuntime.Http.Access;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.Authentication;

/// <summary>What a caller without an accepted token is told (RFC 6750 section 3, RFC 9728 section 5.1).</summary>
internal sealed class Challenge(GatewaySettings settings, ResourceUrls resource, RoleScopes scopes) : IProblemObserver
{
    public const string MetadataPath = "/.well-known/oauth-protected-resource";

    public void BeforeWrite(HttpContext context, Problem problem)
    {
        if (problem.Kind == Problem.InsufficientScopeKind)
            context.Response.Headers.WWWAuthenticate = For(
                context.Request.Path,
                "insufficient_scope",
                "The roles of the token do not allow this.",
                problem.Scope
            );
    }

    /// <summary>The WWW-Authenticate header.</summary>
    /// <param name="path">Path of the request.</param>
    /// <param name="error">Code of RFC 6750 section 3.1.</param>
    /// <param name="fault">Why the token was refused; null when there was none.</param>
    /// <param name="scope">What to ask the issuer for; null for nothing in particular.</param>
    public string For(PathString path, string error, string? fault, string? scope)
    {
        var header = "Bearer realm=\"mcp-runtime\"";
        if (settings.Issuers.Count > 0)
            header += $", resource_metadata=\"{resource.Root}{MetadataPath}{McpPath(path)}\"";
        if (scope is { Length: > 0 })
            header += $", scope=\"{scope}\"";
        if (fault is not null)
            header +=
                $", error=\"{error}\", error_description=\"{fault.Replace("\"", "'", StringComparison.Ordinal)}\"";
        return header;
    }

    /// <summary>As <see cref="For"/>, for someone who has no token that is accepted.</summary>
    public string ForToken(PathString path, string? fault) =>
        For(path, "invalid_token", fault, string.Join(' ', scopes.First));

    /// <summary>What to do, for a request without a token.</summary>
    public const string Explanation = "Send 'Authorization: Bearer TOKEN'; 'mcp-runtime-http token create' makes one.";

    // Each MCP endpoint is its own resource; all else belongs to the whole.
    private static string McpPath(PathString path) =>
        path.StartsWithSegments("/mcp")
        || (path.StartsWithSegments("/projects") && path.Value!.EndsWith("/mcp", StringComparison.Ordinal))
            ? path.ToUriComponent()
            : "";
}
