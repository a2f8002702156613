using McpRuntime.Calls.Bodies;
using McpRuntime.Network;

namespace McpRuntime.Calls.Request;

/// <summary>A request before its credentials: everything that may be shown.</summary>
internal sealed record OutgoingRequest
{
    public required string Method { get; init; }

    public required Origin Origin { get; init; }

    /// <summary>The URL as it goes on the wire; it is never canonicalized.</summary>
    public required string Url { get; init; }

    /// <summary>Header fields in their order, without cookies and content type.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>Value of the Cookie field; empty for none.</summary>
    public required string Cookies { get; init; }

    public required RequestBody? Body { get; init; }
}
