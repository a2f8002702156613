using McpRuntime.Cmdlets.Processes;

namespace McpRuntime.Cmdlets.Clients;

/// <summary>
/// The server entries in the text of a client's file. What is not the named entry keeps its bytes: other entries,
/// comments, order and layout.
/// </summary>
internal interface IServerEntries
{
    /// <summary>
    /// Whether this module wrote the entry, so that it may be replaced without asking; null where there is none.
    /// </summary>
    /// <exception cref="ClientTextException">The text cannot be read.</exception>
    bool? IsOurs(byte[] text, string name);

    /// <summary>The text with an entry that starts a program.</summary>
    /// <exception cref="ClientTextException">The text cannot be read.</exception>
    byte[] AddLocal(byte[] text, string name, LaunchCommand launch);

    /// <summary>The text with an entry for a URL, whose token is elsewhere.</summary>
    /// <exception cref="ClientTextException">The text cannot be read.</exception>
    byte[] AddRemote(byte[] text, string name, Uri uri);

    /// <summary>The text without the entry.</summary>
    /// <exception cref="ClientTextException">The text cannot be read.</exception>
    byte[] Remove(byte[] text, string name);
}

/// <summary>The text of a client's file is not what the client reads.</summary>
/// <param name="format">What it should be.</param>
/// <param name="line">Line, from 1; null where it is not known.</param>
/// <param name="column">Column, from 1, in the units of the format's reader.</param>
/// <param name="message">What is wrong.</param>
internal sealed class ClientTextException(string format, long? line, long? column, string message) : Exception(message)
{
    /// <summary>What the text is not, and where.</summary>
    public string Problem =>
        line is null ? $"is not valid {format}" : $"is not valid {format} at line {line}, column {column}";
}
