using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Naming;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Projection;

/// <summary>The operations that become tools, in the document's order, and those that do not.</summary>
/// <param name="Operations">Each with its tool's name.</param>
/// <param name="Skipped">Those that were not chosen, then those that are never called.</param>
internal sealed record ChosenOperations(
    IReadOnlyList<ChosenOperation> Operations,
    IReadOnlyList<SkippedOperation> Skipped
)
{
    internal static Found<ChosenOperations> Of(SpecDocument document, ReferenceResolver resolver, ImportOptions options)
    {
        var listed = OperationEnumerator.Of(document, resolver);
        var all = listed.Value.Operations;
        var names = ToolNamer.Assign(all);
        var filter = new OperationFilter(options);
        var (chosen, skipped) = (new List<ChosenOperation>(all.Count), new List<SkippedOperation>());
        for (var i = 0; i < all.Count; i++)
        {
            if (filter.Refuse(all[i]) is { } reason)
                skipped.Add(new SkippedOperation(all[i].Method, all[i].Path, reason));
            else
                chosen.Add(new ChosenOperation(all[i], names[i]));
        }
        return new Found<ChosenOperations>(
            new ChosenOperations(chosen, [.. skipped, .. listed.Value.Skipped]),
            listed.Findings
        );
    }
}

/// <summary>An operation that becomes a tool, and the tool's name.</summary>
internal sealed record ChosenOperation(OperationHead Head, string Name);
