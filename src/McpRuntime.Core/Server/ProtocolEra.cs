using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpRuntime.Server;

/// <summary>What a request's protocol revision means for its result.</summary>
public static class ProtocolEra
{
    /// <summary>
    /// From this revision on there is no <c>initialize</c>; results carry their type and the server's identity.
    /// </summary>
    public const string PerRequest = "2026-07-28";

    /// <summary>The only revision in which a client may send several messages at once, as a JSON array.</summary>
    public const string OfBatches = "2025-03-26";

    /// <summary>Revisions that begin with <c>initialize</c>, oldest first.</summary>
    public static IReadOnlyList<string> WithHandshake { get; } = ["2024-11-05", OfBatches, "2025-06-18", "2025-11-25"];

    /// <summary>Every revision that is spoken.</summary>
    public static IReadOnlyList<string> All { get; } = [.. WithHandshake, PerRequest];

    /// <summary>
    /// What <c>initialize</c> agrees on: the revision asked for, or the latest one (MCP 2025-11-25, Version
    /// Negotiation).
    /// </summary>
    public static string Agree(string asked) => WithHandshake.Contains(asked) ? asked : WithHandshake[^1];

    /// <summary>
    /// The revision of one request: its own metadata, else what the session agreed on; null before that.
    /// </summary>
    public static string? Of(JsonRpcRequest request, McpServer server) =>
        request.Context?.ProtocolVersion ?? server.NegotiatedProtocolVersion;

    /// <summary>Revisions are dates, so they compare as text.</summary>
    public static bool IsPerRequest(string? revision) => string.CompareOrdinal(revision, PerRequest) >= 0;

    /// <summary>Audio content came with 2025-03-26.</summary>
    public static bool HasAudio(string? revision) => revision is not "2024-11-05";

    /// <summary>Links to resources among content came with 2025-06-18.</summary>
    public static bool HasResourceLinks(string? revision) => revision is not ("2024-11-05" or OfBatches);
}
