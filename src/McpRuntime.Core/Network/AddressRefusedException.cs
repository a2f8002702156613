namespace McpRuntime.Network;

/// <summary>An address that <see cref="AddressPolicy"/> does not allow; nothing was sent to it.</summary>
internal sealed class AddressRefusedException(string message) : McpRuntimeException(message)
{
    /// <summary>Whether it is, or caused, another exception: HTTP wraps what its connections throw.</summary>
    internal static bool IsIn(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is AddressRefusedException)
                return true;
        }
        return false;
    }
}
