using McpRuntime.Calls.Answers;
using McpRuntime.Calls.Sending;
using McpRuntime.Http;
using McpRuntime.Json;

namespace McpRuntime.Cmdlets.Answers;

/// <summary>What a call brought, from an API or from an MCP server. Disposing gives up what has not arrived.</summary>
internal interface IAnswer : IDisposable
{
    /// <summary>The answer of a call that failed; null for one that succeeded.</summary>
    ToolAnswer? Failure { get; }

    /// <summary>The API's HTTP status; null where it is not known.</summary>
    int? Status { get; }

    /// <inheritdoc cref="ToolAnswer.Headers"/>
    IReadOnlyList<AnswerHeader> Headers { get; }

    /// <summary>Identifies the call in the log; null for a call of an MCP server.</summary>
    string? CallId { get; }

    /// <summary>Bytes of the body that have arrived, after decompression.</summary>
    long ReceivedBytes { get; }

    /// <summary>Bytes of the body as they were announced; null where they were not.</summary>
    long? AnnouncedBytes { get; }

    /// <summary>All of it has arrived.</summary>
    bool IsComplete { get; }

    /// <summary>What the answer consists of; none for an answer without a body.</summary>
    IReadOnlyList<IAnswerBody> Bodies { get; }
}

/// <summary>One body of an answer, to be read once and in one way.</summary>
internal interface IAnswerBody
{
    AnswerFormat Format { get; }

    /// <summary><c>type/subtype</c>; empty where it is not known.</summary>
    string MediaType { get; }

    /// <summary>The bytes as they came.</summary>
    Stream OpenBytes();

    /// <summary>The text as UTF-8.</summary>
    Stream OpenText();

    /// <summary>The values of JSON or JSON Lines.</summary>
    JsonValueReader Values();
}
