namespace McpRuntime.Json.Schemas;

/// <summary>A bound of the evaluation was exceeded. Never leaves <c>JsonSchema</c>.</summary>
internal sealed class EvaluationAborted(string message) : Exception(message)
{
    /// <summary>
    /// Whether an exception means that an instance cannot be evaluated within the bounds.
    /// <see cref="InvalidOperationException"/> is what JsonElement throws for strings that are no Unicode text (lone
    /// surrogates, invalid UTF-8).
    /// </summary>
    public static bool IsBoundExceeded(Exception exception) =>
        exception is EvaluationAborted or InvalidOperationException or InsufficientExecutionStackException;

    /// <summary>The words after the subject of a message.</summary>
    public static string Describe(Exception exception) =>
        exception switch
        {
            EvaluationAborted => exception.Message,
            InsufficientExecutionStackException => "cannot be checked: it is nested too deeply",
            _ => "holds a string that is not Unicode text (a lone surrogate or invalid UTF-8)",
        };
}
