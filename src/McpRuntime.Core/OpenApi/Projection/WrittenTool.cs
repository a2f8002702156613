using McpRuntime.OpenApi.Schemas;

namespace McpRuntime.OpenApi.Projection;

/// <summary>A tool and its schemas, in which references have no names yet.</summary>
/// <param name="Shape">The tool.</param>
/// <param name="Arguments">The schema of each argument, in their order.</param>
/// <param name="Output">Null where the document does not describe the answer.</param>
internal sealed record WrittenTool(ToolShape Shape, IReadOnlyList<SchemaFragment> Arguments, SchemaFragment? Output)
{
    /// <summary>JSON texts of arguments that the document's examples make, shortest first; not checked.</summary>
    internal IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>The shared schemas that it refers to.</summary>
    internal IEnumerable<SchemaUse> Uses =>
        Arguments
            .SelectMany(argument => argument.References)
            .Select(reference => new SchemaUse(reference.Definition, SchemaDirection.Input))
            .Concat(
                (Output?.References ?? []).Select(reference => new SchemaUse(
                    reference.Definition,
                    SchemaDirection.Output
                ))
            );
}
