using McpRuntime.Manifests;

namespace McpRuntime.OpenApi.Projection;

/// <summary>A request body as arguments, before a tool gives them names.</summary>
internal sealed record BodyArguments
{
    /// <summary>
    /// How the body is made; null for a body that is not sent. The argument that is the whole body has its name from
    /// the tool.
    /// </summary>
    internal BodyBinding? Binding { get; init; }

    /// <summary>The properties that are their own arguments, by their names on the wire.</summary>
    internal IReadOnlyList<InputArgument> Properties { get; init; } = [];

    /// <summary>The properties that have one allowed value.</summary>
    internal IReadOnlyList<FixedValue> Fixed { get; init; } = [];

    /// <summary>The argument that is the whole body; null where its properties are arguments.</summary>
    internal ArgumentSchema? Whole { get; init; }
}
