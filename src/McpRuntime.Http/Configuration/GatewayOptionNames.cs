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
            ExcludePath = null,
            IncludeTag = "'tags'",
            ExcludeTag = null,
            IncludeOperation = "'operations'",
            Method = null,
            ReadOnly = "'readOnly'",
            SkipDeprecated = null,
            MaxTools = "'maxTools'",
            BaseUrl = "'baseUrl'",
            // What may be reached is the operator's decision: MCP_RUNTIME_ALLOWED_NETWORKS.
            AllowPrivate = null,
            AllowExternal = null,
            Overwrite = null,
            ServedTools = "'tools' of the connector",
        };
}
