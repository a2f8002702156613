using McpRuntime.Calls.Serialization;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.Bodies;

/// <summary>How a tool's body is made, compiled once.</summary>
internal sealed record BodyPlan
{
    public required string ContentType { get; init; }

    /// <summary><see cref="ContentType"/> in lower case without parameters.</summary>
    public required string Essence { get; init; }

    public required bool Required { get; init; }

    /// <summary>The argument that is the whole body; null where it is flattened.</summary>
    public string? Argument { get; init; }

    public required IReadOnlyDictionary<string, PartEncoding> Encoding { get; init; }

    /// <summary>The arguments that are properties of the body, in the manifest's order.</summary>
    public required IReadOnlyList<PlannedArgument> Properties { get; init; }

    /// <summary>Properties that every call sends.</summary>
    public required IReadOnlyList<KeyValuePair<string, JsonText>> Fixed { get; init; }
}
