namespace McpRuntime.Http.Projects;

/// <summary>
/// The connector that a path names. Its one slash can be written as <c>%2F</c>, and has to be where something follows
/// the name: <c>/v1/connectors/%40team%2Fshop/manifest</c>.
/// </summary>
internal static class ConnectorRoute
{
    // Kestrel decodes all of a path but this.
    public static string NameOf(HttpContext context) =>
        ((string)context.Request.RouteValues["connector"]!).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
