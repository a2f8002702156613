using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Operations;
using McpRuntime.OpenApi.Schemas;

namespace McpRuntime.OpenApi.Projection;

/// <summary>A tool whose schemas still have holes for the names of shared schemas.</summary>
internal sealed class ToolDraft
{
    internal required string Name { get; init; }

    internal required string? Title { get; init; }

    internal required string Description { get; init; }

    internal required string Endpoint { get; init; }

    internal required string? OperationId { get; init; }

    internal required InputArgument[] Arguments { get; init; }

    internal required IReadOnlyList<FixedValue> Fixed { get; init; }

    internal required BodyBinding? Body { get; init; }

    internal required ResponseSet Responses { get; init; }

    internal required ToolHints Annotations { get; init; }

    /// <summary>What it needs; null where the document's requirements hold.</summary>
    internal required SecurityNeeds? Needs { get; init; }

    /// <summary>Servers of its own; empty where those of the document hold.</summary>
    internal required IReadOnlyList<ServerObject> Servers { get; init; }

    internal IReadOnlyList<SecurityRequirement>? Security { get; set; }

    internal string? Server { get; set; }

    /// <summary>The tool, now that shared schemas have names.</summary>
    /// <param name="texts">Keeps the texts of its schemas.</param>
    internal ToolManifest Complete(ChunkBuffer texts) => new()
    {
        Name = Name,
        Title = Title,
        Description = Description,
        ImportedText = TextFingerprint.Of(Title, Description),
        Endpoint = Endpoint,
        Arguments = Bindings(),
        Fixed = Fixed,
        Body = Body,
        Accept = Responses.Accept,
        InputSchema = InputSchemaText.Complete(Arguments, texts),
        OutputSchema = Responses.OutputText ??= Responses.Output?.Complete(SchemaDirection.Output, texts),
        Annotations = Annotations,
        Security = Security,
        Server = Server,
    };

    // The argument that is the whole body has none, and is the last.
    private ArgumentBindings Bindings()
    {
        var count = Body?.Argument is null ? Arguments.Length : Arguments.Length - 1;
        var bindings = new KeyValuePair<string, ArgumentBinding>[count];
        for (var i = 0; i < count; i++)
            bindings[i] = new(Arguments[i].Name, Arguments[i].Binding!);
        return new ArgumentBindings(bindings);
    }
}
