using System.Text.Json;
using McpRuntime.Calls.Answers;
using McpRuntime.Connectors;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Server;

/// <summary>
/// A tool of the server itself. It reads nothing but its arguments, the caller's tools and the clock, or calls one of
/// these tools.
/// </summary>
/// <param name="Name">One of <see cref="Connectors.WireName.Reserved"/>.</param>
/// <param name="Title">For people.</param>
/// <param name="Description">For models.</param>
/// <param name="InputSchema">JSON Schema 2020-12 with an object at its root.</param>
/// <param name="Invoke">Answers a call; gets an object. Not used where <see cref="Calls"/> is set.</param>
public sealed record BuiltInTool(
    string Name,
    string Title,
    string Description,
    JsonText InputSchema,
    Func<JsonElement, ToolAnswer> Invoke
)
{
    /// <summary>It calls the caller's tools that may do this, by name; null for one that answers itself.</summary>
    internal ToolAccess? Calls { get; init; }

    /// <summary>Clients that load tools as they need them load it at once.</summary>
    internal bool IsAlwaysLoaded { get; init; }

    /// <summary>It reads stored results, which needs to know who asks.</summary>
    internal bool ReadsResults { get; init; }

    /// <summary>Its annotations.</summary>
    public ToolHints Hints { get; init; } = new(ReadOnly: true, OpenWorld: false);
}
