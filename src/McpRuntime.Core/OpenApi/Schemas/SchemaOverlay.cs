using System.Text.Json;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>What is next to a schema and belongs to the value it describes: the words of a Parameter Object.</summary>
internal sealed record SchemaOverlay
{
    /// <summary>Nothing is next to the schema.</summary>
    internal static SchemaOverlay None { get; } = new();

    /// <summary>Takes the place of the schema's own description.</summary>
    internal string? Description { get; init; }

    /// <summary>Replaces the schema's own examples if it has none.</summary>
    internal JsonElement Example { get; init; }

    internal bool IsDeprecated { get; init; }

    /// <summary>
    /// The schema is a Parameter Object of OpenAPI 2.0, where these keywords belong to the parameter.
    /// </summary>
    internal bool IsParameter { get; init; }

    /// <summary>The alternatives of the schema's top are left out.</summary>
    internal bool IsBase { get; init; }

    /// <summary>
    /// JSON texts of an <c>enum</c> of the array around the schema, which is about its items; null for none.
    /// </summary>
    internal List<string>? Enum { get; init; }

    /// <summary>A part of an object that is closed as a whole: it forbids no properties itself.</summary>
    internal static SchemaOverlay Open { get; } = new() { IsOpen = true };

    internal bool IsOpen { get; init; }

    internal bool IsEmpty =>
        Description is null
        && Example.ValueKind == JsonValueKind.Undefined
        && !IsDeprecated
        && !IsParameter
        && !IsBase
        && Enum is null
        && !IsOpen;
}
