using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Projection;

/// <summary>A tool before its schemas are written.</summary>
internal sealed record ToolShape
{
    internal required string Name { get; init; }

    /// <summary>The PowerShell command that the document asks for.</summary>
    internal required CommandName? Command { get; init; }

    internal required string? Title { get; init; }

    internal required string Description { get; init; }

    internal required IReadOnlyList<string> Tags { get; init; }

    internal required string Endpoint { get; init; }

    internal required string? OperationId { get; init; }

    /// <summary>The operation, for findings.</summary>
    internal required Node Node { get; init; }

    /// <summary>
    /// Names and places of its arguments; the argument that is the whole body, which is the last, has none.
    /// </summary>
    internal required KeyValuePair<string, ArgumentBinding>[] Bindings { get; init; }

    /// <summary>What its arguments may be, in the same order.</summary>
    internal required ToolArgument[] Arguments { get; init; }

    internal required IReadOnlyList<FixedValue> Fixed { get; init; }

    internal required BodyBinding? Body { get; init; }

    internal required OutputShape Output { get; init; }

    /// <summary>How its answer goes on in further pages; null where nothing says that it does.</summary>
    internal required ToolPagination? Pagination { get; init; }

    internal required ToolHints Annotations { get; init; }

    /// <summary>What it needs; null where the document's requirements hold.</summary>
    internal required SecurityNeeds? Needs { get; init; }

    /// <summary>Its own servers; empty where those of the document hold.</summary>
    internal required IReadOnlyList<ServerObject> Servers { get; init; }

    internal string NameOf(int argument) => argument < Bindings.Length ? Bindings[argument].Key : Body!.Argument!;
}

/// <summary>An argument whose name and location are known.</summary>
/// <param name="Schema">What it may be.</param>
/// <param name="IsRequired">A call without it is refused.</param>
/// <param name="Origin">The Parameter Object or the body that describes it.</param>
internal sealed record ToolArgument(ArgumentSchema Schema, bool IsRequired, Node Origin);

/// <summary>What a tool answers.</summary>
/// <param name="Schemas">Any of them describes an answer; empty where the document promises nothing.</param>
/// <param name="Headers">Headers that an answer may carry, by their names in the document; each once, whatever its
/// case.</param>
/// <param name="Accept">The media type to ask for; null where the document names none, or any will do.</param>
internal sealed record OutputShape(IReadOnlyList<Node> Schemas, IReadOnlyList<string> Headers, string? Accept);
