namespace McpRuntime.Network;

/// <summary>An address that <see cref="AddressPolicy"/> does not allow; nothing was sent to it.</summary>
public sealed class AddressRefusedException(string message) : McpRuntimeException(message);
