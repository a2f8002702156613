using McpRuntime.Configuration;

namespace McpRuntime.Cmdlets.Shell;

/// <summary>
/// The module's names of what is chosen at an import: parameters of Import-McpConnector and Start-McpRuntime.
/// </summary>
internal static class ModuleOptions
{
    public static OptionNames Names { get; } =
        new()
        {
            IncludePath = "-IncludePath",
            ExcludePath = "-ExcludePath",
            IncludeTag = "-IncludeTag",
            ExcludeTag = "-ExcludeTag",
            IncludeOperation = "-IncludeOperation",
            Method = "-Method",
            ReadOnly = "-ReadOnly",
            SkipDeprecated = "-SkipDeprecated",
            MaxTools = "-MaxTool",
            BaseUrl = "-BaseUrl",
            AllowPrivate = "-AllowPrivate",
            AllowExternal = "-AllowExternal",
            Overwrite = "-Force",
            ServedTools = "'Start-McpRuntime -Tool'",
        };

    /// <summary>The settings of the environment with what parameters say on top.</summary>
    /// <exception cref="SettingsException">A setting has a value that cannot be used; all such are named.</exception>
    public static RuntimeSettings Settings(string? connectorPath = null, bool? hotReload = null) =>
        SettingsReader.Read(
            new SettingOverrides
            {
                OptionNames = Names,
                ConnectorsFolder = connectorPath,
                HotReload = hotReload,
            }
        );
}
