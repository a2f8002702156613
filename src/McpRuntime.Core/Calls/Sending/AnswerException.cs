namespace McpRuntime.Calls.Sending;

/// <summary>
/// An answer that began to arrive and did not end as it should. What was read before is whole, but not all.
/// </summary>
public sealed class AnswerException : McpRuntimeException
{
    public AnswerException(AnswerFault fault, string message, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    public AnswerFault Fault { get; }
}

/// <summary>Why an answer could not be read to its end.</summary>
public enum AnswerFault
{
    /// <summary>The connection broke, or the body ended within a JSON value.</summary>
    Incomplete,

    /// <summary>The API sent nothing more for the time of a call.</summary>
    Timeout,

    /// <summary>The body is longer than the bound that the caller set, or than memory can hold as one value.</summary>
    TooLarge,

    /// <summary>The body is not the JSON that it claims to be, or not in its content encoding.</summary>
    Invalid,
}
