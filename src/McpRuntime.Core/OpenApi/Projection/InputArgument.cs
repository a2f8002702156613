using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Schemas;

namespace McpRuntime.OpenApi.Projection;

/// <summary>What an argument's schema is made from.</summary>
internal enum ArgumentShape
{
    /// <summary>A schema of the document; any value where there is none.</summary>
    Schema,

    /// <summary>Text, whatever the document's schema says of the data in it.</summary>
    Text,

    /// <summary>A file as an object with its name, media type and content.</summary>
    File,

    /// <summary>An array of files.</summary>
    Files,

    /// <summary>An array of the document's schema.</summary>
    Items,

    /// <summary>An object whose properties are <see cref="ArgumentSchema.Properties"/>.</summary>
    Object,
}

/// <summary>What an argument may be; one for all Parameter Objects with the same text.</summary>
internal sealed record ArgumentSchema
{
    /// <summary>The Parameter Object that describes it; null for a body, and where no object does.</summary>
    internal Parameter? Parameter { get; init; }

    /// <summary>The body that it is or is a property of.</summary>
    internal OperationBody? Body { get; init; }

    internal ArgumentShape Shape { get; init; }

    internal Node? Schema { get; init; }

    internal SchemaOverlay Overlay { get; init; } = SchemaOverlay.None;

    /// <summary>The members of an <see cref="ArgumentShape.Object"/>, by their names on the wire.</summary>
    internal IReadOnlyList<InputArgument> Properties { get; init; } = [];
}

/// <summary>One property of a tool's input.</summary>
/// <param name="Name">The argument's name.</param>
/// <param name="IsRequired">A call without it is refused.</param>
/// <param name="Schema">What it may be.</param>
/// <param name="Binding">Where it goes; null for the argument that is the whole body.</param>
/// <param name="Origin">The Parameter Object or the body that describes it.</param>
internal sealed record InputArgument(
    string Name,
    bool IsRequired,
    ArgumentSchema Schema,
    ArgumentBinding? Binding,
    Node Origin
);
