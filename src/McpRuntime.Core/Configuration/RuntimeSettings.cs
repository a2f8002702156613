using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace McpRuntime.Configuration;

/// <summary>
/// Every setting of the runtime, read once at start. Precedence: flag of a command, environment variable
/// (<c>MCP_RUNTIME_*</c>), manifest, default. <c>.env.example</c> describes each for operators.
/// </summary>
public sealed record RuntimeSettings
{
    /// <summary>How messages name the choices of an import.</summary>
    public OptionNames OptionNames { get; init; } = new();

    /// <summary><c>ENVIRONMENT</c> is <c>development</c>; production otherwise.</summary>
    public bool IsDevelopment { get; init; }

    /// <summary>
    /// <c>CONNECTORS_DIR</c>: the folder of manifests; the user's data folder by default, never the working directory.
    /// </summary>
    public required string ConnectorsFolder { get; init; }

    /// <summary><c>DATA_DIR</c>: the user's own records (approved origins and hosts).</summary>
    public required string DataFolder { get; init; }

    /// <summary>
    /// <c>CACHE_DIR</c>: what can be made again, such as manifests in a form that is read at once; the user's cache
    /// folder by default, null for none.
    /// </summary>
    public string? CacheFolder { get; init; }

    /// <summary><c>HOT_RELOAD</c>: follow changes of the connectors folder; on in development.</summary>
    public bool HotReload { get; init; }

    /// <summary>
    /// <c>LOCK</c>: full path of the lock; only tools that are as they were reviewed are served. Null for all.
    /// </summary>
    public string? LockFile { get; init; }

    /// <summary><c>BUILTIN_TOOLS</c>: serve echo, hello and get_time.</summary>
    public bool BuiltInTools { get; init; } = true;

    /// <summary>
    /// <c>EXPOSE</c>: what tools/list has; null where no one said, and the front end's default counts.
    /// </summary>
    public ToolExposure? Expose { get; init; }

    /// <summary>
    /// <c>PUBLISH_OUTPUT_SCHEMAS</c>: tools/list carries output schemas; clients then refuse answers that do not fit.
    /// </summary>
    public bool PublishOutputSchemas { get; init; }

    /// <summary><c>SCHEMA_PROFILE</c>: the dialect of input schemas in tools/list.</summary>
    public SchemaProfile SchemaProfile { get; init; }

    /// <summary>
    /// <c>CONFIRM_DESTRUCTIVE</c>: tools/list asks clients to ask a user before each call of a destructive tool.
    /// </summary>
    public bool ConfirmDestructive { get; init; }

    /// <summary>
    /// <c>ANSWER_BUDGET</c>: tokens of one answer to a model where the manifest does not say; 0 for no bound.
    /// </summary>
    public int AnswerBudget { get; init; } = 20_000;

    /// <summary><c>CONNECTOR_TIMEOUT_SECONDS</c>: budget of a call whose manifest sets none.</summary>
    public TimeSpan ConnectorTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>MAX_ITEMS</c>: most items that one call of MCP may gather from pages.</summary>
    public int MaxItems { get; init; } = 10_000;

    /// <summary><c>MAX_PAGES</c>: most pages that one call of MCP reads.</summary>
    public int MaxPages { get; init; } = 100;

    /// <summary><c>MAX_PAGED_BYTES</c>: most bytes of items that one call of MCP gathers from pages.</summary>
    public long MaxPagedBytes { get; init; } = 16L << 20;

    /// <summary><c>MAX_WAIT_SECONDS</c>: longest wait of a call for the end of an operation.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary><c>ARGUMENT_CHECK</c>: how arguments are checked where the manifest does not say.</summary>
    public ArgumentCheck ArgumentCheck { get; init; }

    /// <summary><c>MAX_CONCURRENT_CONNECTORS</c>: upstream calls at a time over all connectors.</summary>
    public int MaxConcurrentConnectors { get; init; } = 100;

    /// <summary><c>MAX_DOCUMENT_BYTES</c>.</summary>
    public DocumentLimits DocumentLimits { get; init; } = new();

    /// <summary><c>ALLOWED_NETWORKS</c>: private networks that every connector may reach.</summary>
    public IReadOnlyList<IPNetwork> AllowedNetworks { get; init; } = [];

    /// <summary><c>CREDENTIALS_DIR</c>: folder of credential files; null for none.</summary>
    public string? CredentialsFolder { get; init; }

    /// <summary><c>PROFILE</c>: which of several accounts calls use; a manifest's own choice otherwise.</summary>
    public ProfileChoice Profiles { get; init; } = ProfileChoice.None;

    /// <summary><c>CREDENTIAL_STORE</c>: where the console keeps secrets.</summary>
    public CredentialStoreKind CredentialStore { get; init; }

    /// <summary>
    /// <c>CREDENTIAL_STORE_KEY_FILE</c>: file with the key that encrypts the file store; null for none.
    /// </summary>
    public string? CredentialStoreKeyFile { get; init; }

    /// <summary>
    /// <c>CA_BUNDLE</c>: issuers of servers' certificates that are trusted besides the machine's; null for none.
    /// </summary>
    public X509Certificate2Collection? ExtraRoots { get; init; }

    /// <summary><c>AUDIT_FILE</c>: gets a line of JSON a call; null for none.</summary>
    public string? AuditFile { get; init; }

    /// <summary><c>LOG_LEVEL</c>; without it, <c>DEBUG</c> means debug.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary><c>DEBUG</c>: logs carry details such as exception traces.</summary>
    public bool Debug { get; init; }
}
