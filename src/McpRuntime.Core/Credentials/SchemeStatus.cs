using McpRuntime.Network;

namespace McpRuntime.Credentials;

/// <summary>What is known about the credential of one security scheme; never a value.</summary>
public sealed record SchemeStatus
{
    public required string Scheme { get; init; }

    /// <summary>The scheme in words, e.g. <c>api_key in header 'X-Key'</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Which of several accounts it is.</summary>
    public string Profile { get; init; } = CredentialKey.DefaultProfile;

    /// <summary>Whether it is a sign-in.</summary>
    public bool IsSignIn { get; init; }

    /// <summary>Whose account it is, as the sign-in said; null where that is not known.</summary>
    public string? Account { get; init; }

    /// <summary>
    /// When a credential that was set ends, UTC; null where that is not known. Of a sign-in, when its access token
    /// ends, which is known where it was asked for, and where it cannot be renewed.
    /// </summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The scopes that a sign-in was granted, sorted.</summary>
    public IReadOnlyList<string> GrantedScopes { get; init; } = [];

    /// <summary>
    /// The scopes that tools of the connector need and a sign-in was not granted, sorted; empty where the grant is not
    /// known.
    /// </summary>
    public IReadOnlyList<string> MissingScopes { get; init; } = [];

    /// <summary>Where the credential comes from; null where nothing is set.</summary>
    public string? Source { get; init; }

    /// <summary>The fields that are set.</summary>
    public IReadOnlyList<CredentialField> Fields { get; init; } = [];

    /// <summary>The origins that it may be sent to.</summary>
    public IReadOnlyList<Origin> Origins { get; init; } = [];

    /// <summary>Why a call could not use it, with what to do; null where it could.</summary>
    public string? Problem { get; init; }

    /// <summary>
    /// Names the kind of <see cref="Problem"/>, see <see cref="McpRuntimeException.ErrorCode"/>; null for none.
    /// </summary>
    public string? ProblemCode { get; init; }

    /// <summary>Whether a token endpoint gave a token for it; null where none was asked.</summary>
    public bool? IsAccepted { get; init; }
}
