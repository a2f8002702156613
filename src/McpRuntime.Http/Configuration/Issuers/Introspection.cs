using McpRuntime.Credentials;

namespace McpRuntime.Http.Configuration.Issuers;

/// <summary>How opaque tokens of an issuer are looked up (RFC 7662).</summary>
/// <param name="ClientId">The gateway's client at the issuer.</param>
/// <param name="ClientSecret">Its secret.</param>
/// <param name="Url">The endpoint; null for the one that the metadata name.</param>
internal sealed record Introspection(string ClientId, Secret ClientSecret, Uri? Url);
