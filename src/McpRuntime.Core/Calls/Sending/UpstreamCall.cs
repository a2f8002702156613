using McpRuntime.Calls.Plan;
using McpRuntime.Calls.Recording;
using McpRuntime.Calls.Request;
using McpRuntime.Credentials;
using McpRuntime.Json.Schemas;
using McpRuntime.Network;

namespace McpRuntime.Calls.Sending;

/// <summary>
/// One call on its way: what is sent, with which credentials, to which addresses and within which bounds.
/// </summary>
/// <param name="Plan">The tool.</param>
/// <param name="Request">The request without credentials.</param>
/// <param name="Credentials">The credentials; they live as long as the call.</param>
/// <param name="Addresses">Where connections may go.</param>
/// <param name="Budget">The time that is left for it.</param>
/// <param name="Record">What it leaves behind.</param>
/// <param name="Warnings">Where the arguments do not fit the tool's input schema, although they are sent.</param>
internal sealed record UpstreamCall(
    CallPlan Plan,
    OutgoingRequest Request,
    CallCredentials Credentials,
    AddressPolicy Addresses,
    CallBudget Budget,
    CallRecord Record,
    IReadOnlyList<SchemaViolation> Warnings
)
{
    /// <summary>
    /// The body of a successful answer is handed over while it arrives; otherwise it is read up to the tool's bound.
    /// </summary>
    public bool IsStreamed { get; init; }

    /// <summary>An answer that was kept may be the answer, and this one may be kept.</summary>
    public bool MayReuse { get; init; }

    /// <summary>Longest body of a streamed answer in bytes, after decompression; null for any.</summary>
    public long? MaximumBytes { get; init; }
}
