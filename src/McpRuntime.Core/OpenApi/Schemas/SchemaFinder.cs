using System.Text.Json;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>What a reference in a schema means.</summary>
/// <param name="Definition">The shared schema; null where it means none.</param>
/// <param name="Problem">What to say where the reference is; null for nothing.</param>
/// <param name="Findings">What was found on the way, where it is.</param>
internal sealed record FoundSchema(
    SchemaDefinition? Definition,
    string? Problem,
    IReadOnlyList<ImportFinding> Findings
);

/// <summary>Finds the shared schemas that references mean; each reference is looked up once.</summary>
internal sealed class SchemaFinder
{
    private readonly Dictionary<TextKey, FoundSchema> _byReference = [];
    private readonly Dictionary<SchemaDefinition, SchemaDefinition> _opened = [];
    private readonly ReferenceResolver _resolver;
    private readonly DynamicReferences? _dynamic;

    internal SchemaFinder(ReferenceResolver resolver)
    {
        _resolver = resolver;
        _dynamic = resolver.DynamicResources.Any() ? new DynamicReferences(resolver) : null;
    }

    /// <summary>The shared schema that a reference means.</summary>
    /// <param name="from">The base of the reference.</param>
    /// <param name="reference">The value of <c>$ref</c>, a string.</param>
    /// <param name="scope">What dynamic references mean there.</param>
    /// <param name="isDynamic">It is the value of <c>$dynamicRef</c>.</param>
    internal FoundSchema Find(SpecResource from, JsonElement reference, DynamicScope scope, bool isDynamic = false)
    {
        // In a document with dynamic anchors a schema is another one for each meaning of the dynamic references it
        // reaches.
        if (_dynamic is not null)
            return Find(from, JsonRead.Text(reference) ?? "", scope, isDynamic);
        var key = new TextKey(from, reference);
        if (!_byReference.TryGetValue(key, out var known))
        {
            known = JsonRead.Text(reference) is { } text
                ? Find(from, text, DynamicScope.None, isDynamic: false)
                : new FoundSchema(null, null, []);
            _byReference.Add(key, known);
        }
        return known;
    }

    /// <summary>A shared schema as a part of an object that is closed as a whole.</summary>
    internal SchemaDefinition Opened(SchemaDefinition definition)
    {
        if (!_opened.TryGetValue(definition, out var opened))
        {
            opened =
                definition.IsOpen || !ClosedComposition.IsClosed(definition.Target, _resolver)
                    ? definition
                    : definition with
                    {
                        IsOpen = true,
                    };
            _opened.Add(definition, opened);
        }
        return opened;
    }

    private FoundSchema Find(SpecResource from, string reference, DynamicScope scope, bool isDynamic)
    {
        var resolution = _resolver.Resolve(from, reference);
        if (resolution.Target is not { } target)
            return new FoundSchema(null, Nowhere(resolution), []);
        if (isDynamic)
            target = scope.Meant(target, reference);
        scope = scope.Enter(target.Resource);
        var findings = new ImportFindings();
        var seen = new HashSet<ReferenceTarget>();
        // A schema that is nothing but a reference is the schema it refers to.
        while (SchemaReference.IsAlias(target, out var next))
        {
            if (!seen.Add(target))
            {
                findings.Warn(
                    ImportRules.ReferenceCycle,
                    target.Node,
                    $"The reference '{next}' refers back to itself. Any value is allowed there."
                );
                return new FoundSchema(null, null, findings.With(target).Findings);
            }
            resolution = _resolver.Resolve(target.Resource, next);
            if (resolution.Target is not { } followed)
            {
                findings.Warn(ImportRules.DanglingReference, target.Node, Nowhere(resolution));
                return new FoundSchema(null, null, findings.With(target).Findings);
            }
            target = followed;
            scope = scope.Enter(target.Resource);
        }
        return new FoundSchema(Defined(target, scope), null, []);
    }

    private SchemaDefinition Defined(ReferenceTarget target, DynamicScope scope)
    {
        if (_dynamic is null)
            return new SchemaDefinition(target);
        scope = _dynamic.Relevant(scope, target);
        var isOwn = scope.Equals(_dynamic.Relevant(DynamicScope.None.Enter(target.Resource), target));
        return new SchemaDefinition(target) { Scope = scope, NamedBy = isOwn ? null : scope.User };
    }

    private static string Nowhere(Resolution resolution) => resolution.Problem + " Any value is allowed there.";
}
