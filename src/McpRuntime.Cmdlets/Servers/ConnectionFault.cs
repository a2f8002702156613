namespace McpRuntime.Cmdlets.Servers;

/// <summary>What the MCP client throws when a server cannot be reached or breaks off.</summary>
internal static class ConnectionFault
{
    public static bool Is(Exception exception) =>
        exception
            is McpRuntimeException
                or ModelContextProtocol.McpException
                or HttpRequestException
                or IOException
                or InvalidOperationException;

    public static string Explain(Exception exception) =>
        exception switch
        {
            McpRuntimeException => exception.Message,
            HttpRequestException
            {
                HttpRequestError: HttpRequestError.SecureConnectionError,
                InnerException: { } inner
            } => $"No secure connection to the MCP server: {inner.Message} To trust another issuer, add it to "
                + $"MCP_RUNTIME_CA_BUNDLE.",
            _ => $"The MCP server cannot be reached: {exception.Message}",
        };

    public static McpRuntimeException AsError(Exception exception) =>
        exception as McpRuntimeException ?? new McpRuntimeException(Explain(exception), exception);
}
