namespace McpRuntime.Http.Access;

/// <summary>By what a caller is known.</summary>
internal enum CallerKind
{
    /// <summary>A process of this machine, let in without a token.</summary>
    Local,

    /// <summary>An API token of this gateway.</summary>
    ApiToken,

    /// <summary>A token of an issuer that the gateway trusts.</summary>
    Jwt,

    /// <summary>The browser of a person who signed in at such an issuer.</summary>
    Session,
}
