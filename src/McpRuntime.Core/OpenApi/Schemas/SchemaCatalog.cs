using System.Text.Json;
using McpRuntime.Json;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// The shared schemas that tools reach. Each is written once and named at the end: wave after wave instead of recursion,
/// so that neither cycles nor long chains of references cost anything.
/// </summary>
internal sealed class SchemaCatalog
{
    private readonly Dictionary<ReferenceTarget, SchemaDefinition?> _definitions = [];
    private readonly Dictionary<TextKey, SchemaDefinition> _byReference = [];
    private List<(SchemaDefinition Definition, SchemaDirection Direction)> _wanted = [];
    private readonly List<SchemaDefinition> _reached = [];
    private readonly ImportFindings _findings = ImportFindings.OfPart();
    private readonly ReferenceResolver _resolver;
    private readonly DynamicReferences? _dynamic;
    private readonly Dictionary<(ReferenceTarget Target, DynamicScope Scope), SchemaDefinition> _inScope = [];
    private readonly Dictionary<SchemaDefinition, SchemaDefinition> _opened = [];
    private bool _isWriting;

    internal SchemaCatalog(ReferenceResolver resolver)
    {
        _resolver = resolver;
        _dynamic = resolver.DynamicResources.Any() ? new DynamicReferences(resolver) : null;
    }

    /// <summary>What was said about shared schemas themselves, in no order.</summary>
    internal ImportFindings Findings => _findings;

    /// <summary>The shared schemas, once <see cref="Complete"/> has named them.</summary>
    internal IReadOnlyList<SchemaDefinition> Definitions => _reached;

    /// <summary>The shared schema that a reference means; null, with a finding, where it means none.</summary>
    /// <param name="from">The base of the reference.</param>
    /// <param name="reference">The value of <c>$ref</c>.</param>
    /// <param name="pointer">Place of the schema that holds it.</param>
    /// <param name="findings">Told where it means none.</param>
    /// <param name="scope">What dynamic references mean there.</param>
    /// <param name="isDynamic">It is the value of <c>$dynamicRef</c>.</param>
    internal SchemaDefinition? Find(
        SpecResource from, JsonElement reference, Func<string> pointer, ImportFindings findings, DynamicScope scope, bool isDynamic = false)
    {
        if (_dynamic is not null)
            return FindInScope(_dynamic, new Node(from, reference, new Place(pointer())), findings, scope, isDynamic);
        var key = new TextKey(from, reference);
        if (_byReference.TryGetValue(key, out var known))
            return known;
        if (JsonRead.Text(reference) is not { } text || Find(from, text, pointer, findings) is not { } definition)
            return null;
        return _byReference[key] = definition;
    }

    /// <summary>A shared schema as a part of an object that is closed as a whole.</summary>
    internal SchemaDefinition Opened(SchemaDefinition definition)
    {
        if (_opened.TryGetValue(definition, out var known))
            return known;
        var opened = definition.IsOpen || !ClosedComposition.IsClosed(definition.Target, _resolver) ? definition : new SchemaDefinition(definition.Target)
        {
            IsOpen = true,
            IsBase = definition.IsBase,
            Scope = definition.Scope,
            NamedBy = definition.NamedBy,
        };
        return _opened[definition] = opened;
    }

    /// <summary>Notes that a tool needs a direction of a schema.</summary>
    internal void Reach(SchemaDefinition definition, SchemaDirection direction)
    {
        // What shared schemas refer to is looked up when they are written.
        if (_isWriting)
            return;
        definition.SetRoot(direction);
        if (definition.Need(direction))
            _wanted.Add((definition, direction));
    }

    /// <summary>Writes all that is reached.</summary>
    internal void WriteReached(SchemaWriter writer)
    {
        _wanted.Sort(static (left, right) =>
            Compare(left.Definition.Target, right.Definition.Target) is var order and not 0 ? order
            : left.Direction.CompareTo(right.Direction) is var direction and not 0 ? direction
            : left.Definition.IsOpen.CompareTo(right.Definition.IsOpen) is var open and not 0 ? open
            : string.CompareOrdinal(left.Definition.Scope.ToString(), right.Definition.Scope.ToString()));
        _isWriting = true;
        while (_wanted.Count > 0)
        {
            var wave = _wanted;
            _wanted = [];
            foreach (var (definition, _) in wave)
            {
                if (definition.Index < 0)
                {
                    definition.Index = _reached.Count;
                    _reached.Add(definition);
                }
            }
            foreach (var (definition, direction) in wave)
            {
                // One text serves both directions where they are the same.
                var fragment = definition[direction.Other()] is { DependsOnDirection: false } same ? same : writer.WriteDefinition(definition, direction);
                definition[direction] = fragment;
                Want(fragment, direction);
            }
        }
        _isWriting = false;
    }

    /// <summary>Sees to it that no schema applies itself to the same value again: validators do not end with such.</summary>
    internal void BreakCycles(SchemaWriter writer)
    {
        var cycles = new SchemaCycles(_reached, _findings);
        if (cycles.LeadAround())
            Rewrite(writer, cycles);
        if (cycles.Cut())
            Rewrite(writer, cycles);
    }

    private void Want(SchemaFragment fragment, SchemaDirection direction)
    {
        foreach (var hole in fragment.Holes)
        {
            if (hole.Definition.Need(direction))
                _wanted.Add((hole.Definition, direction));
        }
    }

    private static int Compare(ReferenceTarget left, ReferenceTarget right) =>
        left.Document == right.Document
            ? left.Offset.CompareTo(right.Offset)
            : string.CompareOrdinal(left.Document.Location, right.Document.Location);

    /// <summary>Decides which schemas differ by direction, and names them all.</summary>
    internal void Complete(SpecDocument entry)
    {
        SpreadDifferences();
        DefinitionNames.Assign(_reached, entry);
    }

    /// <summary>The manifest's definitions, sorted by name.</summary>
    /// <param name="buffer">Keeps the texts.</param>
    internal Dictionary<string, JsonText> Texts(ChunkBuffer buffer)
    {
        var all = new List<(string Name, SchemaDefinition Definition, SchemaDirection Direction)>(_reached.Count);
        foreach (var definition in _reached)
        {
            var output = definition[SchemaDirection.Output];
            if (output is not null)
                all.Add((definition.Name, definition, SchemaDirection.Output));
            if (definition[SchemaDirection.Input] is not null && (definition.Differs || output is null))
                all.Add((definition.NameOf(SchemaDirection.Input), definition, SchemaDirection.Input));
        }
        all.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        var texts = new Dictionary<string, JsonText>(all.Count, StringComparer.Ordinal);
        foreach (var (name, definition, direction) in all)
        {
            // Both directions may be one text that differs in what it refers to.
            var isLast = !definition.Differs || definition[SchemaDirection.Output] != definition[SchemaDirection.Input];
            texts.Add(name, definition[direction]!.Complete(direction, buffer, isLast));
        }
        return texts;
    }

    /// <summary>Names of the definitions that inputs reach.</summary>
    internal IEnumerable<string> InputNames() =>
        _reached.Where(definition => definition[SchemaDirection.Input] is not null).Select(definition => definition.NameOf(SchemaDirection.Input));

    private SchemaDefinition? Find(SpecResource from, string reference, Func<string> pointer, ImportFindings findings)
    {
        var resolution = _resolver.Resolve(from, reference);
        if (resolution.Target is null)
        {
            WarnOfNowhere(new Node(from, default, new Place(pointer())), resolution, findings);
            return null;
        }
        if (!_definitions.TryGetValue(resolution.Target, out var definition))
            _definitions.Add(resolution.Target, definition = Define(resolution.Target));
        return definition;
    }

    // In a document with dynamic anchors a schema is another one for each meaning of the dynamic references it reaches.
    private SchemaDefinition? FindInScope(
        DynamicReferences dynamic, Node reference, ImportFindings findings, DynamicScope scope, bool isDynamic)
    {
        var text = JsonRead.Text(reference.Element) ?? "";
        if (Resolve(reference, text, findings) is not { } target)
            return null;
        if (isDynamic)
            target = scope.Meant(target, text);
        scope = scope.Enter(target.Resource);
        var seen = new HashSet<ReferenceTarget>();
        while (SchemaReference.IsAlias(target, out var next))
        {
            if (!seen.Add(target))
            {
                WarnOfCycle(target, next);
                return null;
            }
            if (Resolve(target.Node, next, _findings) is not { } followed)
                return null;
            target = followed;
            scope = scope.Enter(target.Resource);
        }
        scope = dynamic.Relevant(scope, target);
        if (_inScope.TryGetValue((target, scope), out var known))
            return known;
        var isOwn = scope.Equals(dynamic.Relevant(DynamicScope.None.Enter(target.Resource), target));
        var definition = new SchemaDefinition(target) { Scope = scope, NamedBy = isOwn ? null : scope.User };
        _inScope.Add((target, scope), definition);
        return definition;
    }

    private ReferenceTarget? Resolve(Node from, string reference, ImportFindings findings)
    {
        var resolution = _resolver.Resolve(from.Resource, reference);
        if (resolution.Target is null)
            WarnOfNowhere(from, resolution, findings);
        return resolution.Target;
    }

    private static void WarnOfNowhere(Node from, Resolution resolution, ImportFindings findings) =>
        findings.Warn("dangling-reference", from, resolution.Problem + " Any value is allowed there.");

    private void WarnOfCycle(ReferenceTarget target, string reference) =>
        _findings.Warn(
            "reference-cycle", target.Node, $"The reference '{reference}' leads back to itself, so it says nothing. Any value is allowed there.");

    // A schema that is nothing but a reference is the schema it refers to.
    private SchemaDefinition? Define(ReferenceTarget target)
    {
        var seen = new HashSet<ReferenceTarget>();
        while (SchemaReference.IsAlias(target, out var reference))
        {
            if (!seen.Add(target))
            {
                WarnOfCycle(target, reference);
                return null;
            }
            if (Resolve(target.Node, reference, _findings) is not { } followed)
                return null;
            target = followed;
        }
        if (_definitions.TryGetValue(target, out var definition) && definition is not null)
            return definition;
        return seen.Count == 0 ? new SchemaDefinition(target) : _definitions[target] = new SchemaDefinition(target);
    }

    private void Rewrite(SchemaWriter writer, SchemaCycles cycles)
    {
        _isWriting = true;
        foreach (var definition in cycles.Changed)
        {
            foreach (var direction in SchemaCycles.Directions)
            {
                if (definition[direction] is not null)
                    Want(definition[direction] = writer.WriteDefinition(definition, direction), direction);
            }
        }
        WriteReached(writer);
        // What only the old texts referred to is gone.
        var used = SchemaCycles.Reachable(_reached);
        foreach (var definition in _reached)
        {
            foreach (var direction in SchemaCycles.Directions)
            {
                if (!used.Contains((definition, direction)))
                    definition[direction] = null;
            }
        }
        _reached.RemoveAll(definition => definition[SchemaDirection.Output] is null && definition[SchemaDirection.Input] is null);
        for (var i = 0; i < _reached.Count; i++)
            _reached[i].Index = i;
    }

    private void SpreadDifferences()
    {
        var open = new Stack<SchemaDefinition>();
        foreach (var definition in _reached)
        {
            if ((definition[SchemaDirection.Output] ?? definition[SchemaDirection.Input])!.DependsOnDirection)
            {
                definition.Differs = true;
                open.Push(definition);
            }
        }
        // So it is in most documents.
        if (open.Count == 0)
            return;
        var dependents = new Dictionary<SchemaDefinition, List<SchemaDefinition>>(_reached.Count);
        foreach (var definition in _reached)
        {
            Note(definition, definition[SchemaDirection.Output]);
            Note(definition, definition[SchemaDirection.Input]);
        }
        while (open.TryPop(out var definition))
        {
            foreach (var dependent in dependents.GetValueOrDefault(definition) ?? [])
            {
                if (!dependent.Differs)
                {
                    dependent.Differs = true;
                    open.Push(dependent);
                }
            }
        }

        void Note(SchemaDefinition definition, SchemaFragment? fragment)
        {
            foreach (var hole in fragment?.Holes ?? [])
            {
                if (!dependents.TryGetValue(hole.Definition, out var list))
                    dependents.Add(hole.Definition, list = []);
                list.Add(definition);
            }
        }
    }
}
