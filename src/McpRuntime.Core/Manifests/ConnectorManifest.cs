using System.Collections.ObjectModel;
using McpRuntime.Configuration;
using McpRuntime.Json;

namespace McpRuntime.Manifests;

/// <summary>
/// A connector: one REST API as tools. Immutable; every collection keeps the order of the manifest, so that what is
/// read and written again is the same text.
/// </summary>
public sealed record ConnectorManifest
{
    /// <summary>The newest <c>manifest_version</c> this code reads; a higher one is refused.</summary>
    public const int CurrentVersion = 2;

    /// <summary><c>manifest_version</c>; 1 when the manifest has none, which is version 1.</summary>
    public int ManifestVersion { get; init; } = CurrentVersion;

    /// <summary>Name within a connectors folder; see <see cref="ConnectorName"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Version of the connector, SemVer 2.0.</summary>
    public required string Version { get; init; }

    public string? Title { get; init; }

    public string? Description { get; init; }

    /// <summary>
    /// Absolute http(s) URL without query or fragment; may hold <c>{server_variable}</c> expressions.
    /// </summary>
    public required string BaseUrl { get; init; }

    /// <summary>
    /// Values for the braces in URLs. They come from settings and defaults, never from a tool's arguments.
    /// </summary>
    public IReadOnlyDictionary<string, ServerVariable> ServerVariables { get; init; } =
        ReadOnlyDictionary<string, ServerVariable>.Empty;

    /// <summary>The other servers that the document offers; informative.</summary>
    public IReadOnlyList<ServerAlternative> Servers { get; init; } = [];

    /// <summary>Where the connector was imported from; null for one that was written by hand.</summary>
    public ManifestSource? Source { get; init; }

    public IReadOnlyDictionary<string, SecurityScheme> SecuritySchemes { get; init; } =
        ReadOnlyDictionary<string, SecurityScheme>.Empty;

    /// <summary>
    /// Requirements of every tool that has none itself: any one of them is enough; empty means none is needed.
    /// </summary>
    public IReadOnlyList<SecurityRequirement> Security { get; init; } = [];

    public CredentialChoices Credentials { get; init; } = CredentialChoices.None;

    public CallLimits Limits { get; init; } = CallLimits.None;

    public AnswerRules Answer { get; init; } = AnswerRules.None;

    /// <summary>
    /// Answers to GET may be kept in memory and used again, for each caller apart, as HTTP lets a private cache do (RFC
    /// 9111).
    /// </summary>
    public bool Cache { get; init; }

    /// <summary>
    /// Prefix of its PowerShell commands, see <see cref="Manifests.CommandPrefix"/>; null where it has none, and then
    /// an import names no commands.
    /// </summary>
    public string? CommandPrefix { get; init; }

    /// <summary>How arguments are checked; null takes <see cref="RuntimeSettings.ArgumentCheck"/>.</summary>
    public ArgumentCheck? ArgumentCheck { get; init; }

    /// <summary>Shared schemas, referred to as <c>#/definitions/NAME</c> from every schema of the connector.</summary>
    public IReadOnlyDictionary<string, JsonText> Definitions { get; init; } =
        ReadOnlyDictionary<string, JsonText>.Empty;

    public required IReadOnlyList<ToolManifest> Tools { get; init; }
}

/// <summary>One <c>server_variables</c> entry (OpenAPI 3.2 section 4.7, Server Variable Object).</summary>
public sealed record ServerVariable(string? Default)
{
    /// <summary>The allowed values; empty allows any.</summary>
    public IReadOnlyList<string> Enum { get; init; } = [];

    public string? Description { get; init; }
}

/// <summary>A server of the document that the connector does not use.</summary>
public sealed record ServerAlternative(string Url, string? Description = null);

/// <summary>What a connector was imported from.</summary>
/// <param name="Location">File path or URL as the person named it; <c>-</c> for standard input.</param>
/// <param name="Sha256">Lower-case hexadecimal SHA-256 of the document's bytes.</param>
/// <param name="OpenApi">The document's <c>openapi</c> or <c>swagger</c> version.</param>
public sealed record ManifestSource(string Location, string? Sha256 = null, string? OpenApi = null)
{
    /// <summary>What the user chose.</summary>
    public ImportChoices Choices { get; init; } = ImportChoices.None;
}
