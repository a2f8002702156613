namespace McpRuntime.OpenApi.Schemas;

/// <summary>A shared schema as it is written; null in a direction in which nothing reaches it.</summary>
internal sealed record WrittenSchema(SchemaDefinition Definition, SchemaFragment? Output, SchemaFragment? Input)
{
    internal SchemaFragment? this[SchemaDirection direction] => direction == SchemaDirection.Input ? Input : Output;

    /// <summary>The references of both directions.</summary>
    internal IEnumerable<FragmentReference> References => (Output?.References ?? []).Concat(Input?.References ?? []);
}

/// <summary>The shared schemas that tools reach, in the order in which they are reached.</summary>
internal sealed class SchemaGraph
{
    private readonly Dictionary<SchemaDefinition, WrittenSchema> _schemas;

    private SchemaGraph(IReadOnlyList<WrittenSchema> schemas)
    {
        Schemas = schemas;
        _schemas = schemas.ToDictionary(schema => schema.Definition);
    }

    internal IReadOnlyList<WrittenSchema> Schemas { get; }

    internal WrittenSchema? Find(SchemaDefinition definition) => _schemas.GetValueOrDefault(definition);

    /// <summary>
    /// What some schemas reach: level after level instead of recursion, so that neither cycles nor long chains of references
    /// cost anything.
    /// </summary>
    /// <param name="roots">What tools refer to, in the order of the documents.</param>
    /// <param name="write">Writes a schema.</param>
    internal static SchemaGraph Reach(IReadOnlyList<SchemaUse> roots, Func<SchemaUse, SchemaFragment> write)
    {
        var written = new Dictionary<SchemaUse, SchemaFragment>();
        var order = new List<SchemaDefinition>();
        var seen = new HashSet<SchemaUse>(roots);
        for (var level = roots; level.Count > 0;)
        {
            order.AddRange(level.Select(use => use.Definition));
            var next = new List<SchemaUse>();
            foreach (var use in level)
            {
                // One text serves both directions where they are the same.
                var fragment = written[use] = written.GetValueOrDefault(use.Opposite) is { DependsOnDirection: false } same ? same : write(use);
                for (var i = 0; i < fragment.References.Count; i++)
                {
                    var reached = new SchemaUse(fragment.References[i].Definition, use.Direction);
                    if (seen.Add(reached))
                        next.Add(reached);
                }
            }
            level = next;
        }
        return new SchemaGraph([.. order.Distinct().Select(definition => new WrittenSchema(
            definition,
            written.GetValueOrDefault(new SchemaUse(definition, SchemaDirection.Output)),
            written.GetValueOrDefault(new SchemaUse(definition, SchemaDirection.Input))))]);
    }
}

/// <summary>A shared schema in a direction in which something refers to it.</summary>
internal sealed record SchemaUse(SchemaDefinition Definition, SchemaDirection Direction)
{
    /// <summary>The same schema in the other direction.</summary>
    internal SchemaUse Opposite => this with { Direction = Direction == SchemaDirection.Input ? SchemaDirection.Output : SchemaDirection.Input };

    /// <summary>Uses in the order of the documents, each once.</summary>
    internal static List<SchemaUse> InOrder(IEnumerable<SchemaUse> uses)
    {
        var sorted = uses.Distinct().ToList();
        sorted.Sort(Compare);
        return sorted;
    }

    private static int Compare(SchemaUse left, SchemaUse right)
    {
        var (one, other) = (left.Definition, right.Definition);
        var order = one.Target.Document == other.Target.Document
            ? one.Target.Offset.CompareTo(other.Target.Offset)
            : string.CompareOrdinal(one.Target.Document.Location, other.Target.Document.Location);
        return order != 0 ? order
            : left.Direction.CompareTo(right.Direction) is var direction and not 0 ? direction
            : one.IsOpen.CompareTo(other.IsOpen) is var open and not 0 ? open
            : string.CompareOrdinal(one.Scope.ToString(), other.Scope.ToString());
    }
}
