using McpRuntime.Calls.Sending;

namespace McpRuntime.Calls.Caching;

/// <summary>Whose answers, and of which API: what changes there makes all of them old.</summary>
/// <param name="Caller">As the audit names them.</param>
/// <param name="Project">The project of a gateway; null outside of projects.</param>
/// <param name="Connector">Name of the connector.</param>
internal sealed record CacheOwner(string Caller, string? Project, string Connector)
{
    public static CacheOwner Of(UpstreamCall call) =>
        new(call.Record.Context.Caller, call.Plan.Label.Project, call.Plan.Label.Connector);
}

/// <summary>One request of an owner.</summary>
/// <param name="Owner">Whose.</param>
/// <param name="Digest">Of all that distinguishes it, secrets included; see <see cref="CacheKeys"/>.</param>
internal sealed record CacheKey(CacheOwner Owner, string Digest);
