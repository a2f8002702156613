namespace McpRuntime.Cmdlets.Runtime;

/// <summary>How clients reach a server.</summary>
public enum McpTransport
{
    /// <summary>The server's standard input and output, one client.</summary>
    Stdio,

    /// <summary>Streamable HTTP, any number of clients.</summary>
    Http,
}
