using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// Finds shared schemas that apply themselves to the same value again, without a property or an item in between. Such
/// a repetition says nothing (JSON Schema 2020-12 section 9.4.1 forbids it), and validators run until their stack ends.
/// </summary>
internal sealed class SchemaCycles
{
    private readonly ImportFindings _findings = new();
    private readonly List<SchemaDetour> _detours = [];
    private readonly SchemaGraph _graph;
    private readonly Dictionary<SchemaDefinition, int> _components;

    private SchemaCycles(SchemaGraph graph)
    {
        _graph = graph;
        _components = Components();
    }

    /// <summary>
    /// Inheritance as code generators write it: the base is one of its heirs, and each heir is all of the base. What an
    /// heir means is the base without its choice among the heirs.
    /// </summary>
    internal static Found<SchemaDetours> LeadAround(SchemaGraph graph)
    {
        var cycles = new SchemaCycles(graph);
        if (cycles._components.Count > 0)
            cycles.LeadAround();
        return cycles._findings.With(new SchemaDetours(cycles._detours));
    }

    /// <summary>Cuts what leads back, in the order of the places in the document.</summary>
    internal static Found<SchemaDetours> Cut(SchemaGraph graph)
    {
        var cycles = new SchemaCycles(graph);
        cycles.Cut();
        return cycles._findings.With(new SchemaDetours(cycles._detours));
    }

    private void LeadAround()
    {
        var choosing = _components
            .Keys.Where(definition =>
                Edges(definition).Any(edge => edge.Way == SchemaWay.Alternative && IsInside(definition, edge))
            )
            .ToHashSet();
        var bases = new HashSet<SchemaDefinition>();
        foreach (var definition in _graph.Schemas.Select(schema => schema.Definition).Where(_components.ContainsKey))
        {
            foreach (var edge in Edges(definition))
            {
                if (edge.Way != SchemaWay.Whole || !IsInside(definition, edge) || !choosing.Contains(edge.Definition))
                    continue;
                if (bases.Add(edge.Definition))
                {
                    _findings.Inform(
                        ImportRules.ReferenceCycle,
                        edge.Definition.Target.Node,
                        "The alternatives of this schema include the schema itself; they include it without "
                            + "its alternatives."
                    );
                }
                _detours.Add(new SchemaDetour(definition, edge.Definition, edge.Definition with { IsBase = true }));
            }
        }
    }

    private bool IsInside(SchemaDefinition from, FragmentReference edge) =>
        _components.TryGetValue(from, out var own)
        && _components.TryGetValue(edge.Definition, out var other)
        && own == other;

    private void Cut()
    {
        var done = new Dictionary<SchemaDefinition, bool>();
        foreach (var start in _components.Keys.OrderBy(definition => definition.Target.Pointer, StringComparer.Ordinal))
        {
            if (done.ContainsKey(start))
                continue;
            var path = new Stack<(SchemaDefinition Definition, IEnumerator<FragmentReference> Edges)>();
            Enter(start);
            while (path.TryPeek(out var top))
            {
                if (!top.Edges.MoveNext())
                {
                    done[path.Pop().Definition] = true;
                    continue;
                }
                var next = top.Edges.Current.Definition;
                if (!_components.TryGetValue(next, out var number) || number != _components[top.Definition])
                    continue;
                if (!done.TryGetValue(next, out var isDone))
                    Enter(next);
                else if (!isDone)
                {
                    _detours.Add(new SchemaDetour(top.Definition, next, null));
                    _findings.Warn(
                        ImportRules.ReferenceCycle,
                        top.Definition.Target.Node,
                        "The schema refers back to itself for the same value, which has no effect; the "
                            + "repetition is left out."
                    );
                }
            }

            void Enter(SchemaDefinition definition)
            {
                done.Add(definition, false);
                path.Push((definition, Edges(definition).GetEnumerator()));
            }
        }
    }

    // The references to the same value; those of both directions, because what holds for one may be all there is.
    private IEnumerable<FragmentReference> Edges(SchemaDefinition definition) =>
        _graph.Find(definition)?.References.Where(reference => reference.Way != SchemaWay.Part) ?? [];

    // Strongly connected components (Tarjan) of more than one schema, or of one that refers to itself; by their number.
    private Dictionary<SchemaDefinition, int> Components()
    {
        var (found, order, low) = (
            new Dictionary<SchemaDefinition, int>(),
            new Dictionary<SchemaDefinition, int>(),
            new Dictionary<SchemaDefinition, int>()
        );
        var (stack, standing) = (new Stack<SchemaDefinition>(), new HashSet<SchemaDefinition>());
        var path = new Stack<(SchemaDefinition Definition, IEnumerator<FragmentReference> Edges)>();
        var number = 0;
        foreach (var start in _graph.Schemas.Select(schema => schema.Definition))
        {
            if (order.ContainsKey(start) || !Edges(start).Any())
                continue;
            Enter(start);
            while (path.TryPeek(out var top))
            {
                if (top.Edges.MoveNext())
                {
                    var next = top.Edges.Current.Definition;
                    if (!Edges(next).Any())
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
            var isCycle = stack.Peek() != root || Edges(root).Any(edge => edge.Definition == root);
            SchemaDefinition member;
            do
            {
                member = stack.Pop();
                standing.Remove(member);
                if (isCycle)
                    found[member] = number;
            } while (member != root);
        }
    }
}
