using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace McpRuntime.Configuration;

/// <summary>
/// Every setting of the runtime, read once at start. Precedence: flag of a command, environment variable
/// (<c>MCP_RUNTIME_*</c>), manifest, default. The page of settings and <c>.env.example</c> are made from these
/// comments.
/// </summary>
public sealed record RuntimeSettings
{
    /// <summary>How messages name the choices of an import.</summary>
    public OptionNames OptionNames { get; init; } = new();

    /// <summary>
    /// In <c>development</c>, changes of the connectors folder are applied while running (see <c>HOT_RELOAD</c>).
    /// </summary>
    /// <setting name="ENVIRONMENT" default="production"/>
    public bool IsDevelopment { get; init; }

    /// <summary>
    /// Folder of the connector manifests (<c>*.yaml</c>, and <c>@scope/*.yaml</c>). The working directory is never
    /// searched.
    /// </summary>
    /// <setting name="CONNECTORS_DIR" values="a folder" otherwise="the folder connectors in DATA_DIR"/>
    public required string ConnectorsFolder { get; init; }

    /// <summary>Folder of the user's records: approved origins and private hosts, and the gateway's state.</summary>
    /// <setting
    ///   name="DATA_DIR"
    ///   values="a folder"
    ///   otherwise="%LOCALAPPDATA%\McpRuntime, ~/Library/Application Support/McpRuntime or ~/.local/share/mcp-runtime"
    /// />
    public required string DataFolder { get; init; }

    /// <summary>
    /// Folder of the cache of manifests, which makes the start fast. Used only if it belongs to the user and no one
    /// else can write to it; safe to delete.
    /// </summary>
    /// <setting
    ///   name="CACHE_DIR"
    ///   values="a folder"
    ///   otherwise="%LOCALAPPDATA%\McpRuntime\Cache, ~/Library/Caches/McpRuntime or ~/.cache/mcp-runtime"
    /// />
    public string? CacheFolder { get; init; }

    /// <summary>
    /// <c>true</c>: a manifest that is added, edited or deleted reaches connected clients without a restart.
    /// </summary>
    /// <setting name="HOT_RELOAD" default="false" otherwise="false; true in development"/>
    public bool HotReload { get; init; }

    /// <summary>
    /// Path of the <see href="docs/lock.md">lock</see>: only tools that are as they were reviewed are served. Place it
    /// where who edits the manifests cannot write.
    /// </summary>
    /// <setting name="LOCK" values="a file" otherwise="none; all valid tools are served"/>
    public string? LockFile { get; init; }

    /// <summary>
    /// Path of a file that <c>mcp-runtime lock</c> makes in addition to the lock, so that a start takes reviewed tools
    /// from the cache: see <see href="docs/lock.md#a-fast-start">a fast start</see>. Place it like the lock.
    /// </summary>
    /// <setting name="LOCK_START" values="a file" otherwise="none; with a lock the cache is not used"/>
    public string? LockStartFile { get; init; }

    /// <summary><c>false</c>: the tools echo, hello and get_time are not served.</summary>
    /// <setting name="BUILTIN_TOOLS" default="true"/>
    public bool BuiltInTools { get; init; } = true;

    /// <summary>
    /// What clients see. <c>search</c>: five tools that find, describe and call all others, read_result, and pinned
    /// tools. <c>auto</c>: <c>search</c> above 60 tools or 20,000 tokens, else <c>all</c>. Decided at the start, the
    /// same for every client.
    /// </summary>
    /// <setting
    ///   name="EXPOSE"
    ///   otherwise="auto for mcp-runtime serve and the module; all for the gateway, where /mcp?expose=search wins"
    /// />
    public ToolExposure? Expose { get; init; }

    /// <summary>
    /// <c>true</c>: tools/list includes output schemas. Clients reject an answer that does not match its schema, so
    /// this is for APIs whose documents are exact.
    /// </summary>
    /// <setting name="PUBLISH_OUTPUT_SCHEMAS" default="false"/>
    public bool PublishOutputSchemas { get; init; }

    /// <summary>
    /// The dialect of input schemas in tools/list. <c>full</c>: JSON Schema 2020-12. <c>plain</c>: what OpenAI's
    /// functions take (no references, one type each). <c>gemini</c>: what Gemini's functions take. What a dialect lacks
    /// becomes words of the description, or a text of JSON. Calls are checked by the full schema.
    /// </summary>
    /// <setting name="SCHEMA_PROFILE" default="full"/>
    public SchemaProfile SchemaProfile { get; init; }

    /// <summary>
    /// <c>true</c>: tools/list asks clients to ask a user before each call of a destructive tool (<c>_meta</c>, read by
    /// Claude Code).
    /// </summary>
    /// <setting name="CONFIRM_DESTRUCTIVE" default="false"/>
    public bool ConfirmDestructive { get; init; }

    /// <summary>
    /// Tokens of one answer to a model, unless the manifest sets <c>answer: { budget }</c>. Longer answers are
    /// shortened to whole items and stored for their caller for 30 minutes, for the tool read_result. <c>0</c>: answers
    /// are neither shortened nor stored.
    /// </summary>
    /// <setting name="ANSWER_BUDGET" default="20000"/>
    public int AnswerBudget { get; init; } = 20_000;

    /// <summary>
    /// Seconds for a whole call including waits, unless the manifest sets a limit. In PowerShell and
    /// <c>mcp-runtime call</c>: until the answer begins, and then for each wait for more of it.
    /// </summary>
    /// <setting name="CONNECTOR_TIMEOUT_SECONDS" default="30"/>
    public TimeSpan ConnectorTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Maximum number of items that one call of MCP gathers from the pages of a list (<c>max_items</c>).
    /// </summary>
    /// <setting name="MAX_ITEMS" default="10000"/>
    public int MaxItems { get; init; } = 10_000;

    /// <summary>Maximum number of pages that one call of MCP reads.</summary>
    /// <setting name="MAX_PAGES" default="100"/>
    public int MaxPages { get; init; } = 100;

    /// <summary>Maximum number of bytes of items that one call of MCP gathers from pages.</summary>
    /// <setting name="MAX_PAGED_BYTES" default="16777216"/>
    public long MaxPagedBytes { get; init; } = 16L << 20;

    /// <summary>
    /// Longest wait of a call for the end of an operation that the API only accepts (<c>wait_seconds</c>,
    /// <c>-Wait</c>).
    /// </summary>
    /// <setting name="MAX_WAIT_SECONDS" default="300"/>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>
    /// How the arguments of a call are checked unless the manifest says. <c>standard</c> refuses what cannot be right
    /// (an unknown or missing argument, a value of a JSON type that cannot be converted, a wrong pattern or enum in a
    /// path or header) and reports the rest if the API answers 400 or 422; <c>strict</c> refuses whatever does not
    /// match the tool's input schema. Edited schemas are always checked strictly.
    /// </summary>
    /// <setting name="ARGUMENT_CHECK" default="standard"/>
    public ArgumentCheck ArgumentCheck { get; init; }

    /// <summary>Maximum number of concurrent calls to APIs, over all connectors.</summary>
    /// <setting name="MAX_CONCURRENT_CONNECTORS" default="100"/>
    public int MaxConcurrentConnectors { get; init; } = 100;

    /// <summary>Maximum size of an OpenAPI document or manifest in bytes.</summary>
    /// <setting name="MAX_DOCUMENT_BYTES" default="67108864"/>
    public DocumentLimits DocumentLimits { get; init; } = new();

    /// <summary>
    /// Private networks that every connector may reach. Private and loopback addresses are otherwise reached only if
    /// the user named the host at import; link-local and cloud metadata addresses only if they are listed here.
    /// </summary>
    /// <setting name="ALLOWED_NETWORKS" otherwise="none"/>
    public IReadOnlyList<IPNetwork> AllowedNetworks { get; init; } = [];

    /// <summary>
    /// Folder with one file per credential field, named like the variables of
    /// <see href="docs/secrets.md">credentials</see>, as containers mount secrets.
    /// </summary>
    /// <setting name="CREDENTIALS_DIR" values="a folder" otherwise="none"/>
    public string? CredentialsFolder { get; init; }

    /// <summary>Which of several accounts calls use. A call or command can name another.</summary>
    /// <setting name="PROFILE" otherwise="the manifest's own choice, else default"/>
    public ProfileChoice Profiles { get; init; } = ProfileChoice.None;

    /// <summary>
    /// Where <c>mcp-runtime credentials set</c> and <c>mcp-runtime login</c> keep secrets. <c>keyring</c>: libsecret,
    /// Keychain or DPAPI. <c>file</c>: the folder secrets in <c>DATA_DIR</c>. <c>auto</c>: the keyring where there is
    /// one, otherwise files.
    /// </summary>
    /// <setting name="CREDENTIAL_STORE" default="auto" by="console"/>
    public CredentialStoreKind CredentialStore { get; init; }

    /// <summary>File with a key that encrypts the files of secrets (AES-256-GCM).</summary>
    /// <setting
    ///   name="CREDENTIAL_STORE_KEY_FILE"
    ///   values="a file of at least 32 characters"
    ///   otherwise="none; the files are plain, readable only by their owner"
    ///   by="console"
    /// />
    public string? CredentialStoreKeyFile { get; init; }

    /// <summary>
    /// Additional certificate authorities for APIs, token endpoints, imported documents and servers of
    /// Connect-McpServer. (<c>SSL_CERT_FILE</c> and <c>SSL_CERT_DIR</c>, on Linux, replace those of the machine.)
    /// </summary>
    /// <setting name="CA_BUNDLE" otherwise="none"/>
    public X509Certificate2Collection? ExtraRoots { get; init; }

    /// <summary>
    /// Audit file with one line of JSON for each tool call: time, call, connector, tool, caller, a fingerprint of the
    /// arguments, outcome, status, duration_ms, attempts. Never a secret or an argument's value. Several processes may
    /// share it.
    /// </summary>
    /// <setting name="AUDIT_FILE" values="a file" otherwise="none"/>
    public string? AuditFile { get; init; }

    /// <summary>How much is logged. Logs go to standard error.</summary>
    /// <setting name="LOG_LEVEL" default="information"/>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>
    /// <c>true</c>: log level debug unless <c>LOG_LEVEL</c> is set, and exceptions with stack traces.
    /// </summary>
    /// <setting name="DEBUG" default="false"/>
    public bool Debug { get; init; }
}
