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
    /// What some schemas reach: level after level instead of recursion, so that neither cycles nor long chains of
    /// references cost anything.
    /// </summary>
    /// <param name="roots">What tools refer to, in the order of the documents.</param>
    /// <param name="write">Writes schemas, each for itself.</param>
    /// <param name="known">What is written already; null for nothing.</param>
    internal static SchemaGraph Reach(
        IReadOnlyList<SchemaUse> roots,
        Func<IReadOnlyList<SchemaUse>, IReadOnlyList<SchemaFragment>> write,
        Func<SchemaUse, SchemaFragment?>? known = null
    )
    {
        var written = new Dictionary<SchemaUse, SchemaFragment>();
        var order = new List<SchemaDefinition>();
        var seen = new HashSet<SchemaUse>(roots);
        for (var level = roots; level.Count > 0; )
        {
            order.AddRange(level.Select(use => use.Definition));
            // Two uses of one schema are written one after the other, for one text may serve both.
            var (first, second) = (new List<SchemaUse>(level.Count), new List<SchemaUse>());
            var ofLevel = new HashSet<SchemaDefinition>();
            foreach (var use in level)
                (ofLevel.Add(use.Definition) ? first : second).Add(use);
            Write(first);
            Write(second);
            level = Next(level);
        }
        return new SchemaGraph([
            .. order
                .Distinct()
                .Select(definition => new WrittenSchema(
                    definition,
                    written.GetValueOrDefault(new SchemaUse(definition, SchemaDirection.Output)),
                    written.GetValueOrDefault(new SchemaUse(definition, SchemaDirection.Input))
                )),
        ]);

        void Write(List<SchemaUse> uses)
        {
            var anew = new List<SchemaUse>(uses.Count);
            foreach (var use in uses)
            {
                // One text serves both directions where they are the same.
                if (written.GetValueOrDefault(use.Opposite) is { DependsOnDirection: false } same)
                    written.Add(use, same);
                else if (known?.Invoke(use) is { } before)
                    written.Add(use, before);
                else
                    anew.Add(use);
            }
            var fragments = write(anew);
            for (var i = 0; i < anew.Count; i++)
                written.Add(anew[i], fragments[i]);
        }

        List<SchemaUse> Next(IReadOnlyList<SchemaUse> level)
        {
            var next = new List<SchemaUse>();
            foreach (var use in level)
            {
                foreach (var reference in written[use].References)
                {
                    var reached = new SchemaUse(reference.Definition, use.Direction);
                    if (seen.Add(reached))
                        next.Add(reached);
                }
            }
            return next;
        }
    }
}

/// <summary>A shared schema in a direction in which something refers to it.</summary>
internal sealed record SchemaUse(SchemaDefinition Definition, SchemaDirection Direction)
{
    /// <summary>The same schema in the other direction.</summary>
    internal SchemaUse Opposite =>
        this with
        {
            Direction = Direction == SchemaDirection.Input ? SchemaDirection.Output : SchemaDirection.Input,
        };

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
        var order =
            one.Target.Document == other.Target.Document
                ? one.Target.Offset.CompareTo(other.Target.Offset)
                : string.CompareOrdinal(one.Target.Document.Location, other.Target.Document.Location);
        return order != 0 ? order
            : left.Direction.CompareTo(right.Direction) is var direction and not 0 ? direction
            : one.IsOpen.CompareTo(other.IsOpen) is var open and not 0 ? open
            : string.CompareOrdinal(one.Scope.ToString(), other.Scope.ToString());
    }
}
