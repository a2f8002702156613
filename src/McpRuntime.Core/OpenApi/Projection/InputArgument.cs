using McpRuntime.Manifests;
using McpRuntime.OpenApi.Reading;
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

    /// <summary>An object whose properties are <see cref="InputArgument.Properties"/>.</summary>
    Object,
}

/// <summary>One property of a tool's input.</summary>
internal sealed record InputArgument
{
    internal required string Name { get; init; }

    internal bool IsRequired { get; init; }

    internal ArgumentShape Shape { get; init; }

    internal Node? Schema { get; init; }

    internal SchemaOverlay Overlay { get; init; }

    /// <summary>The members of an <see cref="ArgumentShape.Object"/>.</summary>
    internal IReadOnlyList<InputArgument> Properties { get; init; } = [];

    /// <summary>Null for the argument that is the whole body.</summary>
    internal ArgumentBinding? Binding { get; init; }
}
