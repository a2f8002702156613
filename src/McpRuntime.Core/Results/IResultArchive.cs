namespace McpRuntime.Results;

/// <summary>
/// Where results are for other processes that serve the same callers: one of them may be asked for what this one made.
/// </summary>
public interface IResultArchive
{
    /// <summary>Someone else may be asked, and a result of so many bytes is not too long.</summary>
    bool Takes(int length);

    /// <summary>Keeps a result; never waits.</summary>
    void Keep(ArchivedResult result);

    /// <summary>The result of a handle, whoever's it is; null where there is none, or it cannot be had now.</summary>
    ValueTask<ArchivedResult?> FindAsync(string handle, CancellationToken cancellationToken);
}

/// <summary>A result with its bytes.</summary>
/// <param name="Handle">32 hexadecimal digits, of 128 random bits.</param>
/// <param name="Caller">Who may read it, as the audit names it.</param>
/// <param name="Project">Where; null for the connectors folder.</param>
/// <param name="Connector">Name of the connector that it came from.</param>
/// <param name="Tool">The tool's name on the wire.</param>
/// <param name="MediaType">Of the bytes.</param>
/// <param name="Expires">From then on it is gone.</param>
/// <param name="Body">The bytes.</param>
public sealed record ArchivedResult(
    string Handle,
    string Caller,
    string? Project,
    string Connector,
    string Tool,
    string MediaType,
    DateTimeOffset Expires,
    ReadOnlyMemory<byte> Body
)
{
    /// <summary>Names the tool, never the result or its handle.</summary>
    public override string ToString() => $"a result of {Tool}";
}
