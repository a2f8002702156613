using McpRuntime.OpenApi.Reading;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// Finds shared schemas that apply themselves to the same value again, without a property or an item in between. Such
/// a repetition says nothing (JSON Schema 2020-12 section 9.4.1 forbids it), and validators run until their stack ends.
/// </summary>
internal sealed class SchemaCycles(List<SchemaDefinition> definitions, ImportFindings findings)
{
    private readonly HashSet<SchemaDefinition> _changed = [];
    private bool _isClean;

    internal static IReadOnlyList<SchemaDirection> Directions { get; } = [SchemaDirection.Output, SchemaDirection.Input];

    /// <summary>The schemas to be written anew, since the last step.</summary>
    internal IEnumerable<SchemaDefinition> Changed => _changed.OrderBy(definition => definition.Target.Pointer, StringComparer.Ordinal);

    /// <summary>
    /// Inheritance as code generators write it: the base is one of its heirs, and each heir is all of the base. What an
    /// heir means is the base without its choice among the heirs.
    /// </summary>
    /// <returns>True where something has to be written anew.</returns>
    internal bool LeadAround()
    {
        _changed.Clear();
        var component = Components();
        _isClean = component.Count == 0;
        if (_isClean)
            return false;
        var choosing = definitions.Where(definition => Edges(definition).Any(hole => hole.Way == SchemaWay.Alternative && IsInside(definition, hole))).ToHashSet();
        var bases = new Dictionary<SchemaDefinition, SchemaDefinition>();
        foreach (var definition in definitions.Where(component.ContainsKey))
        {
            foreach (var hole in Edges(definition))
            {
                if (hole.Way != SchemaWay.Whole || !IsInside(definition, hole) || !choosing.Contains(hole.Definition))
                    continue;
                if (!bases.TryGetValue(hole.Definition, out var plain))
                {
                    bases.Add(hole.Definition, plain = new SchemaDefinition(hole.Definition.Target)
                    {
                        IsBase = true,
                        IsOpen = hole.Definition.IsOpen,
                        Scope = hole.Definition.Scope,
                        NamedBy = hole.Definition.NamedBy,
                    });
                    findings.Inform(
                        "reference-cycle", hole.Definition.Target.Node,
                        "The schema is one of several that each include it again; what they include is the schema without that choice.");
                }
                Change(definition, hole.Definition, plain);
            }
        }
        return _changed.Count > 0;

        bool IsInside(SchemaDefinition from, ReferenceHole hole) =>
            component.TryGetValue(from, out var own) && component.TryGetValue(hole.Definition, out var other) && own == other;
    }

    /// <summary>Cuts what leads back, in the order of the places in the document.</summary>
    /// <returns>True where something has to be written anew.</returns>
    internal bool Cut()
    {
        _changed.Clear();
        if (_isClean)
            return false;
        var component = Components();
        var done = new Dictionary<SchemaDefinition, bool>();
        foreach (var start in component.Keys.OrderBy(definition => definition.Target.Pointer, StringComparer.Ordinal))
        {
            if (done.ContainsKey(start))
                continue;
            var path = new Stack<(SchemaDefinition Definition, IEnumerator<ReferenceHole> Holes)>();
            Enter(start);
            while (path.TryPeek(out var top))
            {
                if (!top.Holes.MoveNext())
                {
                    done[path.Pop().Definition] = true;
                    continue;
                }
                var next = top.Holes.Current.Definition;
                if (!component.TryGetValue(next, out var number) || number != component[top.Definition])
                    continue;
                if (!done.TryGetValue(next, out var isDone))
                    Enter(next);
                else if (!isDone)
                {
                    Change(top.Definition, next, null);
                    findings.Warn(
                        "reference-cycle", top.Definition.Target.Node,
                        "The schema applies itself to the same value again, by way of its references. That says nothing; the repetition is left out.");
                }
            }

            void Enter(SchemaDefinition definition)
            {
                done.Add(definition, false);
                path.Push((definition, Edges(definition).GetEnumerator()));
            }
        }
        return _changed.Count > 0;
    }

    /// <summary>What tools refer to, directly and through other schemas.</summary>
    internal static HashSet<(SchemaDefinition Definition, SchemaDirection Direction)> Reachable(IEnumerable<SchemaDefinition> definitions)
    {
        var reachable = new HashSet<(SchemaDefinition Definition, SchemaDirection Direction)>();
        var open = new Stack<(SchemaDefinition Definition, SchemaDirection Direction)>();
        foreach (var definition in definitions)
        {
            foreach (var direction in Directions)
            {
                if (definition.IsRoot(direction) && reachable.Add((definition, direction)))
                    open.Push((definition, direction));
            }
        }
        while (open.TryPop(out var next))
        {
            foreach (var hole in next.Definition[next.Direction]?.Holes ?? [])
            {
                if (reachable.Add((hole.Definition, next.Direction)))
                    open.Push((hole.Definition, next.Direction));
            }
        }
        return reachable;
    }

    private void Change(SchemaDefinition definition, SchemaDefinition reference, SchemaDefinition? instead)
    {
        (definition.Detours ??= [])[reference] = instead;
        _changed.Add(definition);
    }

    // The references to the same value; those of both directions, because what holds for one may be all there is.
    private static IEnumerable<ReferenceHole> Edges(SchemaDefinition definition)
    {
        foreach (var direction in Directions)
        {
            foreach (var hole in definition[direction]?.Holes ?? [])
            {
                if (hole.Way != SchemaWay.Part)
                    yield return hole;
            }
        }
    }

    private static bool HasEdges(SchemaDefinition definition)
    {
        foreach (var direction in Directions)
        {
            foreach (var hole in definition[direction]?.Holes ?? [])
            {
                if (hole.Way != SchemaWay.Part)
                    return true;
            }
        }
        return false;
    }

    // Strongly connected components (Tarjan) of more than one schema, or of one that refers to itself; by their number.
    private Dictionary<SchemaDefinition, int> Components()
    {
        var (found, order, low) = (new Dictionary<SchemaDefinition, int>(), new Dictionary<SchemaDefinition, int>(), new Dictionary<SchemaDefinition, int>());
        var (stack, standing) = (new Stack<SchemaDefinition>(), new HashSet<SchemaDefinition>());
        var path = new Stack<(SchemaDefinition Definition, IEnumerator<ReferenceHole> Holes)>();
        var number = 0;
        foreach (var start in definitions)
        {
            if (order.ContainsKey(start) || !HasEdges(start))
                continue;
            Enter(start);
            while (path.TryPeek(out var top))
            {
                if (top.Holes.MoveNext())
                {
                    var next = top.Holes.Current.Definition;
                    if (!HasEdges(next))
                        continue;
                    if (!order.TryGetValue(next, out var known))
                        Enter(next);
                    else if (standing.Contains(next))
                        low[top.Definition] = Math.Min(low[top.Definition], known);
                    continue;
                }
                path.Pop();
                if (path.TryPeek(out var caller))
                    low[caller.Definition] = Math.Min(low[caller.Definition], low[top.Definition]);
                if (low[top.Definition] == order[top.Definition])
                    Leave(top.Definition);
            }
        }
        return found;

        void Enter(SchemaDefinition definition)
        {
            order[definition] = low[definition] = order.Count;
            stack.Push(definition);
            standing.Add(definition);
            path.Push((definition, Edges(definition).GetEnumerator()));
        }

        void Leave(SchemaDefinition root)
        {
            number++;
            var isCycle = stack.Peek() != root || Edges(root).Any(hole => hole.Definition == root);
            SchemaDefinition member;
            do
            {
                member = stack.Pop();
                standing.Remove(member);
                if (isCycle)
                    found[member] = number;
            }
            while (member != root);
        }
    }
}
