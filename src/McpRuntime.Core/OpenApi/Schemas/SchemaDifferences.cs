namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// The schemas whose input is another than their output: they have properties of one direction, or refer to such.
/// </summary>
internal static class SchemaDifferences
{
    internal static IReadOnlySet<SchemaDefinition> Of(SchemaGraph graph)
    {
        var differing = graph
            .Schemas.Where(schema => (schema.Output ?? schema.Input)!.DependsOnDirection)
            .Select(schema => schema.Definition)
            .ToHashSet();
        // So it is in most documents.
        if (differing.Count == 0)
            return differing;
        var dependents = new Dictionary<SchemaDefinition, List<SchemaDefinition>>();
        foreach (var schema in graph.Schemas)
        {
            foreach (var reference in schema.References)
            {
                if (!dependents.TryGetValue(reference.Definition, out var list))
                    dependents.Add(reference.Definition, list = []);
                list.Add(schema.Definition);
            }
        }
        var open = new Stack<SchemaDefinition>(differing);
        while (open.TryPop(out var definition))
        {
            foreach (var dependent in dependents.GetValueOrDefault(definition) ?? [])
            {
                if (differing.Add(dependent))
                    open.Push(dependent);
            }
        }
        return differing;
    }
}
