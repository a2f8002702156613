using McpRuntime.Configuration;
using McpRuntime.Json;

namespace McpRuntime.Manifests;

/// <summary>
/// One operation as a tool. In version 2 every property of <see cref="InputSchema"/> has exactly one place in
/// the request: an <see cref="Arguments"/> entry, or <see cref="BodyBinding.Argument"/>.
/// </summary>
public sealed record ToolManifest
{
    /// <summary><c>^[a-z][a-z0-9_]*$</c>, 1 to 64 characters (100 in version 1).</summary>
    public required string Name { get; init; }

    public string? Title { get; init; }

    public string? Description { get; init; }

    /// <summary>
    /// Groups that the document puts the operation in, as it spells them. They never authorize anything.
    /// </summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Listed even where tools are otherwise only found by search.</summary>
    public bool Pin { get; init; }

    /// <summary>
    /// Its PowerShell command, without the connector's prefix; null where it has none. Tools that PowerShell can tell
    /// apart by their mandatory parameters may share one.
    /// </summary>
    public CommandName? Command { get; init; }

    /// <summary><c>METHOD /path</c>; see <see cref="EndpointTemplate"/>.</summary>
    public required string Endpoint { get; init; }

    /// <summary>
    /// Where each argument goes, by argument name; null in version 1, which has neither this nor a body.
    /// </summary>
    public IReadOnlyDictionary<string, ArgumentBinding>? Arguments { get; init; }

    /// <summary>Values that every call sends and no caller chooses.</summary>
    public IReadOnlyList<FixedValue> Fixed { get; init; } = [];

    public BodyBinding? Body { get; init; }

    /// <summary>Value of the <c>Accept</c> header.</summary>
    public string? Accept { get; init; }

    /// <summary>
    /// JSON Schema 2020-12 with an object at its root; refers to shared schemas as <c>#/definitions/NAME</c>.
    /// </summary>
    public required JsonText InputSchema { get; init; }

    public JsonText? OutputSchema { get; init; }

    /// <summary>Response fields that the operation declares; an answer shows those that the API sends.</summary>
    public IReadOnlyList<string> ResponseHeaders { get; init; } = [];

    /// <summary>How its answer goes on in further pages; null where nothing is known of any.</summary>
    public ToolPagination? Pagination { get; init; }

    public ToolHints Annotations { get; init; } = ToolHints.None;

    /// <summary>
    /// Overrides <see cref="ConnectorManifest.Security"/>; empty means that the tool needs no credential.
    /// </summary>
    public IReadOnlyList<SecurityRequirement>? Security { get; init; }

    /// <summary>Overrides the connector's limits one by one.</summary>
    public CallLimits Limits { get; init; } = CallLimits.None;

    /// <summary>Overrides the connector's rules one by one.</summary>
    public AnswerRules Answer { get; init; } = AnswerRules.None;

    /// <summary>
    /// How arguments are checked, whatever <see cref="ImportedSchema"/> says; null takes the connector's where the
    /// input schema is the imported one, and <see cref="ArgumentCheck.Strict"/> where it is not.
    /// </summary>
    public ArgumentCheck? ArgumentCheck { get; init; }

    /// <summary>Overrides <see cref="ConnectorManifest.BaseUrl"/>.</summary>
    public string? Server { get; init; }

    /// <summary>
    /// Fingerprints of <see cref="Title"/> and <see cref="Description"/> as an import wrote them: what differs from
    /// them now was written by a user, and the next import keeps it. See
    /// <see cref="McpRuntime.OpenApi.TextFingerprint"/>.
    /// </summary>
    public string? ImportedText { get; init; }

    /// <summary>
    /// Fingerprint of <see cref="InputSchema"/> and the shared schemas that it reaches as an import wrote them: what
    /// differs from it now was changed by hand, counts to the letter, and is kept by the next import. See
    /// <see cref="SchemaFingerprint"/>.
    /// </summary>
    public string? ImportedSchema { get; init; }

    /// <summary>Authentication of version 1.</summary>
    public LegacyAuth? Auth { get; init; }

    /// <summary>True when neither <c>arguments</c> nor <c>body</c> says where the arguments go.</summary>
    public bool IsOlderForm => Arguments is null && Body is null;
}

/// <summary>MCP tool annotations; null where the manifest says nothing. They inform, they never authorize.</summary>
public sealed record ToolHints(
    bool? ReadOnly = null,
    bool? Destructive = null,
    bool? Idempotent = null,
    bool? OpenWorld = null
)
{
    public static ToolHints None { get; } = new();
}
