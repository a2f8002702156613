using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpRuntime.Server;

/// <summary>What a request's protocol revision means for its result.</summary>
public static class ProtocolEra
{
    /// <summary>From this revision on there is no <c>initialize</c>; results carry their type and the server's identity.</summary>
    public const string PerRequest = "2026-07-28";

    /// <summary>The revision of one request: its own metadata, else what the session agreed on; null before that.</summary>
    public static string? Of(JsonRpcRequest request, McpServer server) =>
        request.Context?.ProtocolVersion ?? server.NegotiatedProtocolVersion;

    /// <summary>Revisions are dates, so they compare as text.</summary>
    public static bool IsPerRequest(string? revision) => string.CompareOrdinal(revision, PerRequest) >= 0;

    /// <summary>Audio content came with 2025-03-26.</summary>
    public static bool HasAudio(string? revision) => revision is not "2024-11-05";
}
