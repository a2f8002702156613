using McpRuntime.Http.Configuration;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.Authentication;

/// <summary>What a caller without an accepted token is told (RFC 6750 section 3, RFC 9728 section 5.1).</summary>
internal sealed class Challenge(GatewaySettings settings, ResourceUrls resource) : IProblemObserver
{
    public const string MetadataPath = "/.well-known/oauth-protected-resource";

    public void BeforeWrite(HttpContext context, Problem problem)
    {
        if (problem.Kind == Problem.InsufficientScopeKind)
            context.Response.Headers.WWWAuthenticate = For(
                context.Request.Path,
                "insufficient_scope",
                "The roles of the token do not allow this."
            );
    }

    /// <summary>The WWW-Authenticate header.</summary>
    /// <param name="path">Path of the request.</param>
    /// <param name="error">Code of RFC 6750 section 3.1.</param>
    /// <param name="fault">Why the token was refused; null when there was none.</param>
    public string For(PathString path, string error, string? fault)
    {
        var header = "Bearer realm=\"mcp-runtime\"";
        if (settings.Issuers.Count > 0)
            header += $", resource_metadata=\"{resource.Root}{MetadataPath}{McpPath(path)}\"";
        if (fault is not null)
            header +=
                $", error=\"{error}\", error_description=\"{fault.Replace("\"", "'", StringComparison.Ordinal)}\"";
        return header;
    }

    /// <summary>What to do, for a request without a token.</summary>
    public const string Explanation = "Send 'Authorization: Bearer TOKEN'; 'mcp-runtime-http token create' makes one.";

    // Each MCP endpoint is its own resource; all else belongs to the whole.
    private static string McpPath(PathString path) =>
        path.StartsWithSegments("/mcp")
        || (path.StartsWithSegments("/projects") && path.Value!.EndsWith("/mcp", StringComparison.Ordinal))
            ? path.ToUriComponent()
            : "";
}
