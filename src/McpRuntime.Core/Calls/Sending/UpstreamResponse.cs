using McpRuntime.Http;

namespace McpRuntime.Calls.Sending;

/// <summary>What came back: status, fields and the body up to its bound.</summary>
internal sealed record UpstreamResponse
{
    public required int Status { get; init; }

    public string? ReasonPhrase { get; init; }

    /// <summary>The Content-Type field as it came; null for none.</summary>
    public string? ContentType { get; init; }

    /// <summary>The body after decompression, at most the bound; text becomes UTF-8 before it is looked at.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The body was longer than the bound.</summary>
    public bool IsCut { get; init; }

    /// <summary>The fields that the caller gets to see; secrets may still be in their values.</summary>
    public IReadOnlyList<AnswerHeader> Headers { get; init; } = [];

    /// <summary>The body where it is handed over while it arrives; <see cref="Body"/> is empty then.</summary>
    public OpenBody? Open { get; init; }

    /// <summary>Seconds of a Retry-After field, whichever form it had.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>What the answer says about its being used again; null where no one asks, or may use it again.</summary>
    public ReuseFields? Reuse { get; init; }

    /// <summary>How the answer came from the cache; null for one that the API sent now.</summary>
    public ReusedAnswer? Reused { get; init; }

    /// <summary>Target of a redirect that was not followed.</summary>
    public string? Location { get; init; }
}
