using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>Writes the shared schemas that tools reach, without cycles that validators would not end with.</summary>
internal static class SchemaStage
{
    /// <param name="roots">What tools refer to, in the order of the documents.</param>
    /// <param name="write">Writes schemas, in any order.</param>
    internal static Found<SchemaGraph> Write(
        IReadOnlyList<SchemaUse> roots,
        Func<IReadOnlyList<SchemaToWrite>, IReadOnlyList<Found<SchemaFragment>>> write
    )
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
            graph = SchemaGraph.Reach(roots, WriteAnew, use =>
                changed.Of(use.Definition) is null ? before.Find(use.Definition)?[use.Direction] : null
            );
        }

        IReadOnlyList<SchemaFragment> WriteAnew(IReadOnlyList<SchemaUse> uses)
        {
            var written = write([
                .. uses.Select(use => new SchemaToWrite(use.Definition, use.Direction, detours.Of(use.Definition))),
            ]);
            foreach (var each in written)
                Take(each);
            return [.. written.Select(each => each.Value)];
        }

        void Take<T>(Found<T> found) => findings.AddRange(found.Findings);
    }
}

/// <summary>A shared schema that is to be written.</summary>
/// <param name="Definition">The schema.</param>
/// <param name="Direction">Which way its values go.</param>
/// <param name="Detours">Where references to the same value lead instead; null for nearly all.</param>
internal sealed record SchemaToWrite(
    SchemaDefinition Definition,
    SchemaDirection Direction,
    IReadOnlyDictionary<SchemaDefinition, SchemaDetour>? Detours
);
