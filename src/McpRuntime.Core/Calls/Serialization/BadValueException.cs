namespace McpRuntime.Calls.Serialization;

/// <summary>One value cannot go to its place; the builder adds the argument's name and collects all of them.</summary>
internal sealed class BadValueException(string reason) : Exception(reason);
