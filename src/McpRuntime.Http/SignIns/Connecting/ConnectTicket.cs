using McpRuntime.Credentials;

namespace McpRuntime.Http.SignIns.Connecting;

/// <summary>
/// What a link to connect an account is for. The link alone proves nothing: see <see cref="Caller"/>.
/// </summary>
/// <param name="Hash">SHA-256 of the link's random part, in hexadecimal.</param>
/// <param name="Caller">Only this caller may use it.</param>
/// <param name="Key">The sign-in that it makes.</param>
/// <param name="Project">The connector's project; null for one of the folder.</param>
/// <param name="Expires">When it ends, UTC.</param>
internal sealed record ConnectTicket(
    string Hash,
    string Caller,
    CredentialKey Key,
    string? Project,
    DateTimeOffset Expires
)
{
    /// <summary>Name of the connector within its project or the folder.</summary>
    public string Connector => Key.ConnectorName();
}
