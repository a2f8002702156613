using McpRuntime.Credentials;

namespace McpRuntime.Http.ConnectorCredentials;

/// <summary>All sources of credentials in the order in which calls ask them.</summary>
internal sealed record NamedSources(IReadOnlyList<NamedSource> All);

/// <summary>A source of credentials, and what it is called in answers.</summary>
internal sealed record NamedSource(string Name, ICredentialSource Source);
