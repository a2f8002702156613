using McpRuntime.Json.Schemas;
using McpRuntime.Json.Schemas.Compilation;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Projection;
using McpRuntime.OpenApi.References;
using McpRuntime.OpenApi.Schemas;
using McpRuntime.Validation;

namespace McpRuntime.OpenApi.Examples;

/// <summary>
/// Looks at a connector as its callers will: can its tools be called, and do they take the document's own examples?
/// </summary>
internal static class ConnectorReview
{
    /// <param name="manifest">The connector.</param>
    /// <param name="schemas">Its shared schemas.</param>
    /// <param name="tools">What its tools were made of, in their order.</param>
    /// <param name="resolver">Follows references of the document.</param>
    internal static Found<ExampleCounts> Of(
        ConnectorManifest manifest,
        NamedSchemas schemas,
        IReadOnlyList<ToolShape> tools,
        ReferenceResolver resolver
    )
    {
        var definitions = schemas
            .InputNames()
            .ToDictionary(name => name, name => manifest.Definitions[name], StringComparer.Ordinal);
        var inputs = new InputSchemas(definitions, [.. manifest.Tools.Select(tool => tool.InputSchema)]);
        var impossible = inputs.AreSmall ? Impossible(inputs, tools) : [];
        var examples = ExampleTrial.Run(
            tools,
            () => JsonSchema.Compile(inputs.Document),
            new RequestExamples(resolver)
        );
        return examples with { Findings = [.. impossible, .. examples.Findings] };
    }

    private static IReadOnlyList<ImportFinding> Impossible(InputSchemas inputs, IReadOnlyList<ToolShape> tools)
    {
        var findings = new ImportFindings();
        var impossible = new ImpossibleSchemas(inputs.Document.GetProperty("definitions"u8));
        var index = 0;
        foreach (var input in inputs.Document.GetProperty("tools"u8).EnumerateObject())
        {
            var tool = tools[index++];
            foreach (var problem in Satisfiability.Of(impossible, input.Value))
                findings.Warn(
                    ValidationRules.UnsatisfiableSchema,
                    tool.Node,
                    $"The tool '{tool.Name}' {problem.Message}."
                );
        }
        return findings.With(tools).Findings;
    }
}
