using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Operations;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.Schemas;

namespace McpRuntime.OpenApi.Projection;

/// <summary>A tool whose schemas still have holes for the names of shared schemas.</summary>
internal sealed class ToolDraft
{
    internal required string Name { get; init; }

    internal required string? Title { get; init; }

    internal required string Description { get; init; }

    internal required IReadOnlyList<string> Tags { get; init; }

    internal required string Endpoint { get; init; }

    internal required string? OperationId { get; init; }

    /// <summary>The operation, for findings.</summary>
    internal required Node Node { get; init; }

    /// <summary>Names and places of its arguments; the argument that is the whole body, which is the last, has none.</summary>
    internal required KeyValuePair<string, ArgumentBinding>[] Bindings { get; init; }

    /// <summary>What its arguments may be, in the same order.</summary>
    internal required DraftArgument[] Arguments { get; init; }

    internal required IReadOnlyList<FixedValue> Fixed { get; set; }

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
    /// <param name="fingerprints">Makes the fingerprint of its input schema.</param>
    internal ToolManifest Complete(ChunkBuffer texts, SchemaFingerprints fingerprints)
    {
        var tool = Complete(texts);
        return tool with { ImportedSchema = fingerprints.Of(tool.InputSchema).ToString() };
    }

    private ToolManifest Complete(ChunkBuffer texts) => new()
    {
        Name = Name,
        Title = Title,
        Description = Description,
        ImportedText = TextFingerprint.Of(Title, Description),
        Tags = Tags,
        Endpoint = Endpoint,
        Arguments = new ArgumentBindings(Bindings),
        Fixed = Fixed,
        Body = Body,
        Accept = Responses.Accept,
        InputSchema = InputSchemaText.Complete(this, texts),
        OutputSchema = Responses.OutputText ??= Responses.Output?.Complete(SchemaDirection.Output, texts, isLast: true),
        ResponseHeaders = Responses.Headers,
        Annotations = Annotations,
        Security = Security,
        Server = Server,
    };

    internal string NameOf(int argument) => argument < Bindings.Length ? Bindings[argument].Key : Body!.Argument!;
}

/// <summary>An argument whose name is known.</summary>
internal readonly record struct DraftArgument(ArgumentSchema Schema, bool IsRequired);
