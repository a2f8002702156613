using System.Globalization;
using McpRuntime.Http.Tokens;

namespace McpRuntime.Http.Access;

/// <summary>What is kept of an API token; its secret is not.</summary>
/// <param name="Id">Public part, which names the token in lists and in the audit.</param>
/// <param name="Name">What a user called it.</param>
/// <param name="Hash">See <see cref="Tokens.TokenSecret.Hash"/>.</param>
/// <param name="Roles">What it may do; its scopes.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Expires">From when on it is refused; null for never.</param>
/// <param name="Revoked">Since when it is refused.</param>
internal sealed record ApiToken(
    string Id,
    string Name,
    string Hash,
    IReadOnlyList<string> Roles,
    DateTimeOffset Created,
    DateTimeOffset? Expires,
    DateTimeOffset? Revoked
)
{
    /// <summary>Patterns of projects that it is limited to; none for no limit but that of its roles.</summary>
    public IReadOnlyList<string> Projects { get; init; } = [];

    /// <summary>See <see cref="Access.Caller.Id"/>.</summary>
    public string CallerId { get; } = CallerIdOf(Id);

    /// <summary>Its roles, and the projects that it is limited to.</summary>
    public string Grants =>
        Projects.Count == 0 ? string.Join(' ', Roles) : $"{string.Join(' ', Roles)} in {string.Join(' ', Projects)}";

    /// <summary>What the audit says of it.</summary>
    public string Summary =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"name '{Name}'; roles {Grants}; "
                + $"{(Expires is { } expires ? $"expires {expires.UtcDateTime:yyyy-MM-dd}" : "no expiry")}"
        );

    public static string CallerIdOf(string id) => $"token:{id}";

    public bool IsValidAt(DateTimeOffset now) => Revoked is null && (Expires is null || now < Expires);
}
