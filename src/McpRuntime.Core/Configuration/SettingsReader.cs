using Microsoft.Extensions.Logging;

namespace McpRuntime.Configuration;

/// <summary>Makes <see cref="RuntimeSettings"/> of the environment.</summary>
public static class SettingsReader
{
    /// <summary>Reads the process's environment.</summary>
    /// <exception cref="SettingsException">A value cannot be used; all such values are named.</exception>
    public static RuntimeSettings Read(SettingOverrides? overrides = null) =>
        Read(Environment.GetEnvironmentVariable, overrides);

    /// <param name="variable">Reads one environment variable; null where it is not set.</param>
    /// <param name="overrides">What flags said; they win over the environment.</param>
    /// <exception cref="SettingsException">A value cannot be used; all such values are named.</exception>
    public static RuntimeSettings Read(Func<string, string?> variable, SettingOverrides? overrides = null)
    {
        var values = new SettingValues(variable);
        var flags = overrides ?? new SettingOverrides();
        var development = values.OneOf("ENVIRONMENT", "production", "development") == "development";
        var data = values.Folder("DATA_DIR", UserFolders.Data(variable));
        var debug = values.Flag("DEBUG", false);
        var limits = new DocumentLimits();
        var settings = new RuntimeSettings
        {
            OptionNames = flags.OptionNames ?? new OptionNames(),
            IsDevelopment = development,
            DataFolder = data,
            ConnectorsFolder = flags.ConnectorsFolder is { Length: > 0 } folder
                ? Path.GetFullPath(folder)
                : values.Folder("CONNECTORS_DIR", Path.Combine(data, "connectors")),
            CacheFolder = values.Folder("CACHE_DIR", UserFolders.Cache(variable)),
            HotReload = flags.HotReload ?? values.Flag("HOT_RELOAD", development),
            LockFile = (flags.LockFile ?? values.Text("LOCK")) is { Length: > 0 } reviewed
                ? Path.GetFullPath(reviewed)
                : null,
            LockStartFile = (flags.LockStartFile ?? values.Text("LOCK_START")) is { Length: > 0 } start
                ? Path.GetFullPath(start)
                : null,
            BuiltInTools = values.Flag("BUILTIN_TOOLS", true),
            Expose = flags.Expose
                ?? values.OneOf("EXPOSE", "all", "search", "auto") switch
                {
                    "all" => ToolExposure.All,
                    "search" => ToolExposure.Search,
                    "auto" => ToolExposure.Auto,
                    _ => null,
                },
            PublishOutputSchemas = values.Flag("PUBLISH_OUTPUT_SCHEMAS", false),
            SchemaProfile = flags.SchemaProfile
                ?? values.OneOf("SCHEMA_PROFILE", "full", "plain", "gemini") switch
                {
                    "plain" => SchemaProfile.Plain,
                    "gemini" => SchemaProfile.Gemini,
                    _ => SchemaProfile.Full,
                },
            ConfirmDestructive = values.Flag("CONFIRM_DESTRUCTIVE", false),
            AnswerBudget = (int)values.Whole("ANSWER_BUDGET", 20_000, 0, 1_000_000),
            ConnectorTimeout = values.Seconds("CONNECTOR_TIMEOUT_SECONDS", TimeSpan.FromSeconds(30), 3600),
            MaxItems = (int)values.Whole("MAX_ITEMS", 10_000, 1, 1_000_000),
            MaxPages = (int)values.Whole("MAX_PAGES", 100, 1, 10_000),
            MaxPagedBytes = values.Whole("MAX_PAGED_BYTES", 16L << 20, 1024, 1L << 30),
            MaxWait = values.Seconds("MAX_WAIT_SECONDS", TimeSpan.FromSeconds(300), 3600),
            ArgumentCheck =
                values.OneOf("ARGUMENT_CHECK", "standard", "strict") == "strict"
                    ? ArgumentCheck.Strict
                    : ArgumentCheck.Standard,
            MaxConcurrentConnectors = (int)values.Whole("MAX_CONCURRENT_CONNECTORS", 100, 1, 10_000),
            DocumentLimits = limits with
            {
                MaxBytes = values.Whole("MAX_DOCUMENT_BYTES", limits.MaxBytes, 1024, 1L << 30),
            },
            AllowedNetworks = values.Networks("ALLOWED_NETWORKS"),
            CredentialsFolder = values.Text("CREDENTIALS_DIR") is { } path ? Path.GetFullPath(path) : null,
            Profiles = flags.Profiles ?? values.Profiles("PROFILE"),
            CredentialStore = values.OneOf("CREDENTIAL_STORE", "auto", "keyring", "file") switch
            {
                "keyring" => CredentialStoreKind.Keyring,
                "file" => CredentialStoreKind.File,
                _ => CredentialStoreKind.Auto,
            },
            CredentialStoreKeyFile = values.Text("CREDENTIAL_STORE_KEY_FILE") is { } key ? Path.GetFullPath(key) : null,
            ExtraRoots = values.Certificates("CA_BUNDLE"),
            AuditFile = values.Text("AUDIT_FILE") is { } audit ? Path.GetFullPath(audit) : null,
            LogLevel = Level(values) ?? (debug ? LogLevel.Debug : LogLevel.Information),
            Debug = debug,
        };
        return values.Problems.Count == 0 ? settings : throw new SettingsException(values.Problems);
    }

    private static LogLevel? Level(SettingValues values) =>
        values.OneOf(
            "LOG_LEVEL",
            "trace",
            "debug",
            "information",
            "info",
            "warning",
            "error",
            "critical",
            "none"
        ) switch
        {
            "trace" => LogLevel.Trace,
            "debug" => LogLevel.Debug,
            "information" or "info" => LogLevel.Information,
            "warning" => LogLevel.Warning,
            "error" => LogLevel.Error,
            "critical" => LogLevel.Critical,
            "none" => LogLevel.None,
            _ => null,
        };
}

/// <summary>Settings that a flag of a command or a parameter of a cmdlet gave; null where it gave none.</summary>
public sealed record SettingOverrides
{
    /// <summary>The names of the front end's own options.</summary>
    public OptionNames? OptionNames { get; init; }

    public string? ConnectorsFolder { get; init; }

    public bool? HotReload { get; init; }

    /// <inheritdoc cref="RuntimeSettings.LockFile"/>
    public string? LockFile { get; init; }

    /// <inheritdoc cref="RuntimeSettings.LockStartFile"/>
    public string? LockStartFile { get; init; }

    /// <inheritdoc cref="RuntimeSettings.Expose"/>
    public ToolExposure? Expose { get; init; }

    /// <inheritdoc cref="RuntimeSettings.Profiles"/>
    public ProfileChoice? Profiles { get; init; }

    /// <inheritdoc cref="RuntimeSettings.SchemaProfile"/>
    public SchemaProfile? SchemaProfile { get; init; }
}
