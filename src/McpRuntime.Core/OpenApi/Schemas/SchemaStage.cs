using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>Writes the shared schemas that tools reach, without cycles that validators would not end with.</summary>
internal static class SchemaStage
{
    /// <param name="roots">What tools refer to, in the order of the documents.</param>
    /// <param name="writer">Writes schemas.</param>
    internal static Found<SchemaGraph> Write(IReadOnlyList<SchemaUse> roots, SchemaWriter writer)
    {
        var findings = new List<ImportFinding>();
        var detours = SchemaDetours.None;
        var graph = SchemaGraph.Reach(roots, WriteAnew);
        var around = SchemaCycles.LeadAround(graph);
        Take(around);
        if (around.Value.IsEmpty is false)
            Rewrite(around.Value);
        var cut = SchemaCycles.Cut(graph);
        Take(cut);
        if (cut.Value.IsEmpty is false)
            Rewrite(cut.Value);
        return new Found<SchemaGraph>(graph, [.. FindingReport.InOrder(findings)]);

        // Only those with other references than before are written again; what nothing reaches any longer is gone.
        void Rewrite(SchemaDetours changed)
        {
            var before = graph;
            detours = detours.And(changed);
            graph = SchemaGraph.Reach(
                roots, use => changed.Of(use.Definition) is null && before.Find(use.Definition)?[use.Direction] is { } same ? same : WriteAnew(use));
        }

        SchemaFragment WriteAnew(SchemaUse use)
        {
            var written = writer.WriteDefinition(use.Definition, use.Direction, detours.Of(use.Definition));
            Take(written);
            return written.Value;
        }

        void Take<T>(Found<T> found) => findings.AddRange(found.Findings);
    }
}
