using McpRuntime.Configuration;

namespace McpRuntime.Stdio;

/// <summary>The console's names of what is chosen at an import, and the settings of its commands.</summary>
internal static class ConsoleOptions
{
    public static OptionNames Names { get; } =
        new()
        {
            IncludePath = "--include-path",
            ExcludePath = "--exclude-path",
            IncludeTag = "--include-tag",
            ExcludeTag = "--exclude-tag",
            IncludeOperation = "--include-operation",
            Method = "--methods",
            ReadOnly = "--read-only",
            SkipDeprecated = "--skip-deprecated",
            MaxTools = "--max-tools",
            BaseUrl = "--base-url",
            AllowPrivate = "--allow-private",
            AllowExternal = "--allow-external",
            Overwrite = "--force",
            ServedTools = "'serve --tools'",
        };

    /// <summary>The settings of the environment with what a command line says on top.</summary>
    /// <exception cref="SettingsException">A setting has a value that cannot be used.</exception>
    public static RuntimeSettings Settings(
        string? connectors = null,
        bool? hotReload = null,
        ToolExposure? expose = null,
        SchemaProfile? schemaProfile = null,
        ProfileChoice? profiles = null,
        string? lockFile = null,
        string? lockStartFile = null
    ) =>
        SettingsReader.Read(
            new SettingOverrides
            {
                OptionNames = Names,
                ConnectorsFolder = connectors,
                HotReload = hotReload,
                Expose = expose,
                SchemaProfile = schemaProfile,
                Profiles = profiles,
                LockFile = lockFile,
                LockStartFile = lockStartFile,
            }
        );
}
