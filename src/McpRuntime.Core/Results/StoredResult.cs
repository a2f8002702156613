namespace McpRuntime.Results;

/// <summary>Whose a stored result is.</summary>
/// <param name="Caller">As the audit names it.</param>
/// <param name="Project">Null for the connectors folder.</param>
internal sealed record ResultOwner(string Caller, string? Project);

/// <summary>An answer that is kept for its caller.</summary>
/// <param name="Handle">32 hexadecimal digits, of 128 random bits.</param>
/// <param name="Owner">Who may read it.</param>
/// <param name="Connector">Name of the connector that it came from.</param>
/// <param name="Tool">The tool's name on the wire.</param>
/// <param name="MediaType">Of the bytes.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Expires">From then on it is gone.</param>
internal sealed record StoredResult(
    string Handle,
    ResultOwner Owner,
    string Connector,
    string Tool,
    string MediaType,
    int Length,
    DateTimeOffset Expires
);
