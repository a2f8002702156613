using McpRuntime.Http;

namespace McpRuntime.Calls.Recording;

/// <summary>What came back for a <see cref="SentRequest"/>, secrets masked.</summary>
/// <param name="Duration">From the request to the header fields of the answer and what came with them, or to the
/// failure.</param>
public sealed record ReceivedResponse(TimeSpan Duration)
{
    /// <summary>The HTTP status; null when no answer came.</summary>
    public int? Status { get; init; }

    /// <summary>The words after the status; null where the server sent none.</summary>
    public string? ReasonPhrase { get; init; }

    /// <summary>Why no whole answer came, in words; null where one came.</summary>
    public string? Failure { get; init; }

    /// <summary><c>type/subtype</c> of the body; null where the server names none.</summary>
    public string? MediaType { get; init; }

    /// <summary>Bytes of the body that have arrived, after decompression.</summary>
    public long Bytes { get; init; }

    /// <summary>The body has arrived, or is not read any further.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>
    /// Bytes that the server announces for a body that is not complete, before decompression; null where it does not.
    /// </summary>
    public long? AnnouncedBytes { get; init; }

    /// <summary>Where a redirect leads that is followed; null for none.</summary>
    public string? RedirectedTo { get; init; }

    /// <summary>Header fields, values of credentials masked; empty where the observer does not want them.</summary>
    public IReadOnlyList<AnswerHeader> Headers { get; init; } = [];

    /// <summary>The beginning of a body that is text, as UTF-8; empty where the observer does not want it.</summary>
    public ReadOnlyMemory<byte> Beginning { get; init; }
}
