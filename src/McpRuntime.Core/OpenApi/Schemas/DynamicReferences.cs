using System.Text.Json;
using McpRuntime.Json;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// Which dynamic anchors a schema reaches, so that only those make a difference to it. Used for documents that have
/// any, which are few.
/// </summary>
internal sealed class DynamicReferences(ReferenceResolver resolver)
{
    private readonly Dictionary<ReferenceTarget, (HashSet<string> Names, List<ReferenceTarget> Targets)> _direct = [];
    private readonly Dictionary<ReferenceTarget, HashSet<string>> _reached = [];

    /// <summary>The part of a scope that makes a difference to a schema.</summary>
    internal DynamicScope Relevant(DynamicScope scope, ReferenceTarget target)
    {
        if (!_reached.TryGetValue(target, out var names))
            _reached.Add(target, names = Reach(target));
        return scope.Of(names);
    }

    private HashSet<string> Reach(ReferenceTarget start)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<ReferenceTarget> { start };
        var open = new Stack<ReferenceTarget>([start]);
        while (open.TryPop(out var target))
        {
            var direct = Direct(target);
            names.UnionWith(direct.Names);
            foreach (var next in direct.Targets)
            {
                if (seen.Add(next))
                    open.Push(next);
            }
        }
        return names;
    }

    private (HashSet<string> Names, List<ReferenceTarget> Targets) Direct(ReferenceTarget target)
    {
        if (_direct.TryGetValue(target, out var known))
            return known;
        var found = (Names: new HashSet<string>(StringComparer.Ordinal), Targets: new List<ReferenceTarget>());
        Look(target.Resource, target.Element, target.Pointer);
        return _direct[target] = found;

        void Look(SpecResource resource, JsonElement element, string pointer)
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                var index = 0;
                foreach (var item in element.EnumerateArray())
                    Look(resource, item, JsonPointer.Append(pointer, index++));
                return;
            }
            if (element.ValueKind != JsonValueKind.Object)
                return;
            resource = resource.Document.Embedded?.At(pointer) ?? resource;
            foreach (var property in element.EnumerateObject())
            {
                if (property.NameEquals("$ref"u8) && JsonRead.Text(property.Value) is { } reference)
                    Add(resolver.Resolve(resource, reference).Target);
                else if (property.NameEquals("$dynamicRef"u8) && JsonRead.Text(property.Value) is { } dynamic)
                {
                    Add(resolver.Resolve(resource, dynamic).Target);
                    if (DynamicScope.Name(dynamic) is { } name && found.Names.Add(name))
                        found.Targets.AddRange(Anchored(name));
                }
                else if (
                    !property.NameEquals("enum"u8)
                    && !property.NameEquals("const"u8)
                    && !property.NameEquals("default"u8)
                    && !property.NameEquals("example"u8)
                    && !property.NameEquals("examples"u8)
                )
                    Look(resource, property.Value, JsonPointer.Append(pointer, JsonRead.Name(property)));
            }
        }

        void Add(ReferenceTarget? next)
        {
            if (next is not null)
                found.Targets.Add(next);
        }
    }

    // Whatever a scope may bind the name to.
    private IEnumerable<ReferenceTarget> Anchored(string name) =>
        resolver
            .DynamicResources.SelectMany(resource => resource.Document.Embedded!.DynamicAnchors(resource))
            .Where(anchor => anchor.Key == name)
            .Select(anchor => anchor.Value);
}
