using System.Text.Json;
using McpRuntime.Json;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// The shared schemas that tools reach. Each is written once and named at the end: a queue instead of recursion, so
/// that neither cycles nor long chains of references cost anything.
/// </summary>
internal sealed class SchemaCatalog
{
    private readonly Dictionary<ReferenceTarget, SchemaDefinition?> _definitions = [];
    private readonly Dictionary<TextKey, SchemaDefinition> _byReference = [];
    private readonly Queue<(SchemaDefinition Definition, SchemaDirection Direction)> _queue = new();
    private readonly List<SchemaDefinition> _reached = [];
    private readonly ImportFindings _findings = ImportFindings.OfPart();
    private readonly Lock _gate = new();
    private readonly ReferenceResolver _resolver;

    internal SchemaCatalog(ReferenceResolver resolver) => _resolver = resolver;

    /// <summary>What was said about shared schemas themselves, in no order.</summary>
    internal ImportFindings Findings => _findings;

    /// <summary>The shared schemas, once <see cref="Complete"/> has named them.</summary>
    internal IReadOnlyList<SchemaDefinition> Definitions => _reached;

    /// <summary>The shared schema that a reference means; null, with a finding, where it means none.</summary>
    /// <param name="from">The base of the reference.</param>
    /// <param name="reference">The value of <c>$ref</c>.</param>
    /// <param name="pointer">Place of the schema that holds it.</param>
    /// <param name="findings">Told where it means none.</param>
    internal SchemaDefinition? Find(SpecResource from, JsonElement reference, Func<string> pointer, ImportFindings findings)
    {
        var key = new TextKey(from, reference);
        lock (_gate)
        {
            if (_byReference.TryGetValue(key, out var known))
                return known;
            if (JsonRead.Text(reference) is not { } text || Find(from, text, pointer, findings) is not { } definition)
                return null;
            _byReference.Add(key, definition);
            return definition;
        }
    }

    /// <summary>Notes that a direction of a schema is needed.</summary>
    internal void Reach(SchemaDefinition definition, SchemaDirection direction)
    {
        if (definition.IsNeeded(direction))
            return;
        lock (_gate)
        {
            if (definition.Need(direction))
                _queue.Enqueue((definition, direction));
        }
    }

    /// <summary>Writes all that is reached.</summary>
    internal void WriteQueued(SchemaWriter writer)
    {
        Sort();
        while (_queue.TryDequeue(out var next))
        {
            var (definition, direction) = next;
            var other = definition[direction == SchemaDirection.Input ? SchemaDirection.Output : SchemaDirection.Input];
            if (other is null)
            {
                definition.Index = _reached.Count;
                _reached.Add(definition);
            }
            var fragment = other is { DependsOnDirection: false } ? other : writer.WriteDefinition(definition.Target, direction);
            definition[direction] = fragment;
            foreach (var hole in fragment.Holes)
                Reach(hole.Definition, direction);
        }
    }

    // Several threads have asked in an order of their own; that of the documents is always the same.
    private void Sort()
    {
        var queued = _queue.ToArray();
        _queue.Clear();
        Array.Sort(queued, static (left, right) => Compare(left.Definition.Target, right.Definition.Target) is var order and not 0
            ? order
            : left.Direction.CompareTo(right.Direction));
        foreach (var next in queued)
            _queue.Enqueue(next);
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
            texts.Add(name, definition[direction]!.Complete(direction, buffer));
        return texts;
    }

    private SchemaDefinition? Find(SpecResource from, string reference, Func<string> pointer, ImportFindings findings)
    {
        var resolution = _resolver.Resolve(from, reference);
        if (resolution.Target is null)
        {
            if (!resolution.IsPending)
                findings.Warn("dangling-reference", new Node(from, default, new Place(pointer())), resolution.Problem + " Any value is allowed there.");
            return null;
        }
        if (!_definitions.TryGetValue(resolution.Target, out var definition))
            _definitions.Add(resolution.Target, definition = Define(resolution.Target));
        return definition;
    }

    // A schema that is nothing but a reference is the schema it refers to.
    private SchemaDefinition? Define(ReferenceTarget target)
    {
        var seen = new HashSet<ReferenceTarget>();
        while (SchemaReference.IsAlias(target, out var reference))
        {
            if (!seen.Add(target))
            {
                _findings.Warn(
                    "reference-cycle", target.Node, $"The reference '{reference}' leads back to itself, so it says nothing. Any value is allowed there.");
                return null;
            }
            var resolution = _resolver.Resolve(target.Resource, reference);
            if (resolution.Target is null)
            {
                if (!resolution.IsPending)
                    _findings.Warn("dangling-reference", target.Node, resolution.Problem + " Any value is allowed there.");
                return null;
            }
            target = resolution.Target;
        }
        if (_definitions.TryGetValue(target, out var definition) && definition is not null)
            return definition;
        return seen.Count == 0 ? new SchemaDefinition(target) : _definitions[target] = new SchemaDefinition(target);
    }

    private void SpreadDifferences()
    {
        var dependents = new Dictionary<SchemaDefinition, List<SchemaDefinition>>();
        var open = new Stack<SchemaDefinition>();
        foreach (var definition in _reached)
        {
            var (output, input) = (definition[SchemaDirection.Output], definition[SchemaDirection.Input]);
            if ((output ?? input)!.DependsOnDirection)
            {
                definition.Differs = true;
                open.Push(definition);
            }
            Note(definition, output);
            Note(definition, input);
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
