namespace McpRuntime.Cmdlets.Answers;

/// <summary>An answer that cannot be written as it was asked for.</summary>
/// <param name="id">The error's id.</param>
/// <param name="message">Names what is in the way, and the parameter that helps.</param>
internal sealed class AnswerOutputException(string id, string message) : McpRuntimeException(message)
{
    public string Id { get; } = id;
}
