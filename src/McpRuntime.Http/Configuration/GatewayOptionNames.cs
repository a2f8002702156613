using McpRuntime.Configuration;

namespace McpRuntime.Http.Configuration;

/// <summary>
/// The gateway's names of what is chosen at an import: fields of <c>POST /v1/projects/{project}/imports</c>.
/// </summary>
internal static class GatewayOptionNames
{
    public static OptionNames Names { get; } =
        new()
        {
            IncludePath = "'paths'",
            ExcludePath = "'excludePaths'",
            IncludeTag = "'tags'",
            ExcludeTag = "'excludeTags'",
            IncludeOperation = "'operations'",
            Method = "'methods'",
            ReadOnly = "'readOnly'",
            SkipDeprecated = "'skipDeprecated'",
            MaxTools = "'maxTools'",
            BaseUrl = "'baseUrl'",
            // What may be reached is the operator's decision: MCP_RUNTIME_ALLOWED_NETWORKS.
            AllowPrivate = null,
            AllowExternal = null,
            Overwrite = null,
            ServedTools = "'tools' of the connector",
        };
}
