using System.Text.Json;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// An object that several schemas describe together, of which one forbids what another describes: code generators write
/// <c>additionalProperties: false</c> into every member of an <c>allOf</c>, and next to a <c>oneOf</c>. Each schema sees only its
/// own properties (JSON Schema 2020-12 core section 10.3.2.3), so no value fits. What the author means is that the whole is
/// closed: <c>unevaluatedProperties: false</c> (core section 11.3).
/// </summary>
internal sealed class ClosedComposition
{
    internal const string Message =
        "Schemas that describe this object together forbid each other's properties; each is read without that, and the whole allows the properties of all of them.";

    private const int MaxHops = 32;

    private readonly HashSet<(SchemaKeyword Keyword, int Index)> _opened = [];
    private readonly bool _opensAll;

    private ClosedComposition(bool opensAll = false) => _opensAll = opensAll;

    /// <summary>Of a schema that takes part in a composition which is closed as a whole.</summary>
    internal static ClosedComposition All { get; } = new(opensAll: true) { LoosensChoice = true };

    // A closed base whose discriminator names the schemas of its heirs: their properties are not its own.
    private static ClosedComposition Base { get; } = new() { _opened = { (SchemaKeyword.None, 0) } };

    /// <summary>The whole is closed in the place of its parts.</summary>
    internal bool Closes { get; private init; }

    /// <summary>Branches of <c>oneOf</c> that told themselves from each other by being closed no longer do.</summary>
    internal bool LoosensChoice { get; private set; }

    /// <summary>All properties that a value may have; null where there may be others.</summary>
    internal HashSet<string>? Known { get; private init; }

    /// <summary>Something is written otherwise than the document has it.</summary>
    internal bool IsRepaired => _opened.Count > 0;

    /// <summary>Nothing is written otherwise.</summary>
    internal bool IsSilent => !_opensAll && !IsRepaired;

    /// <summary>The object's own <c>additionalProperties: false</c> is left out.</summary>
    internal bool OpensItself => Opens(SchemaKeyword.None, 0);

    /// <summary>What the object refers to is taken without being closed.</summary>
    internal bool OpensReference => Opens(SchemaKeyword.Ref, 0);

    /// <summary>A member of <c>allOf</c>, <c>oneOf</c> or <c>anyOf</c> is taken without being closed.</summary>
    internal bool Opens(SchemaKeyword keyword, int index) => _opensAll || _opened.Contains((keyword, index));

    /// <summary>How a composed or closed object is written; null where as it is.</summary>
    internal static ClosedComposition? Of(JsonElement schema, SpecResource resource, ReferenceResolver resolver)
    {
        if (IsBaseOfOthers(schema))
            return Base;
        var parts = PartsOf(schema, resource, resolver);
        if (!parts.Exists(part => part.IsClosed))
            return null;
        var contradicted = parts.FindAll(part => part.IsClosed && !part.HasPatterns && parts.Exists(other => other != part && Excludes(part, other)));
        var closes = contradicted.Exists(part => part.Branch is null) || contradicted.Exists(part => IsChoiceClosed(part, parts));
        var remains = parts.Exists(part => part is { IsClosed: true, Branch: null } && !contradicted.Contains(part));
        var composition = new ClosedComposition
        {
            Closes = closes && !remains,
            Known = (closes || remains) && !parts.Exists(part => part.HasPatterns) ? [.. parts.SelectMany(part => part.Names)] : null,
        };
        foreach (var part in contradicted)
        {
            composition._opened.Add(part.Origin);
            composition.LoosensChoice |= part.Branch is not null || (part.Origin.Keyword == SchemaKeyword.None && parts.Exists(other => other is { Branch: not null, IsClosed: false }));
        }
        return composition.IsRepaired || composition.Known is not null ? composition : null;
    }

    /// <summary>A schema forbids further properties, itself or in a part of it.</summary>
    internal static bool IsClosed(ReferenceTarget target, ReferenceResolver resolver) =>
        PartsOf(target.Element, target.Resource, resolver).Exists(part => part.IsClosed);

    /// <summary>A value of <c>additionalProperties</c> that forbids them.</summary>
    internal static bool Forbids(JsonElement value) =>
        value.ValueKind == JsonValueKind.False
        || (JsonRead.TryGet(value, "not"u8, out var not) && value.GetPropertyCount() == 1
            && (not.ValueKind == JsonValueKind.True || (not.ValueKind == JsonValueKind.Object && not.GetPropertyCount() == 0)));

    // What contradicts itself within one member is repaired there.
    private static bool Excludes(Part closed, Part other)
    {
        if (closed.Origin == other.Origin)
            return false;
        if (closed.Branch is { } own && other.Branch is { } branch && own.IsBesides(branch))
            return false;
        foreach (var name in other.Names)
        {
            if (!closed.Names.Contains(name))
                return true;
        }
        return false;
    }

    // With one open branch the whole would forbid what that branch allows.
    private static bool IsChoiceClosed(Part part, List<Part> parts) =>
        part.Branch is { Outer: null } branch
        && parts.TrueForAll(other => other.Branch is not { } own || own.Root.Choice != branch.Choice || own.Outer is not null || other.IsClosed);

    private static bool IsBaseOfOthers(JsonElement schema) =>
        JsonRead.TryGetObject(schema, "discriminator"u8, out var discriminator) && JsonRead.TryGetObject(discriminator, "mapping"u8, out var mapping)
        && mapping.GetPropertyCount() > 0 && JsonRead.TryGet(schema, "additionalProperties"u8, out var value) && Forbids(value)
        && !schema.TryGetProperty("oneOf"u8, out _) && !schema.TryGetProperty("anyOf"u8, out _) && !schema.TryGetProperty("allOf"u8, out _);

    private static List<Part> PartsOf(JsonElement schema, SpecResource resource, ReferenceResolver resolver)
    {
        var parts = new List<Part>();
        new Collector(parts, resolver).Collect(schema, resource, (SchemaKeyword.None, 0), null, MaxHops, isRoot: true);
        return parts;
    }

    /// <summary>One schema that describes the object.</summary>
    private sealed class Part
    {
        internal required (SchemaKeyword Keyword, int Index) Origin { get; init; }

        internal required Branch? Branch { get; init; }

        internal HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        internal bool IsClosed { get; set; }

        internal bool HasPatterns { get; set; }
    }

    /// <summary>A branch of a choice, within one of another.</summary>
    private sealed record Branch(object Choice, int Index, Branch? Outer)
    {
        internal Branch Root => Outer?.Root ?? this;

        /// <summary>Two branches of which only one applies.</summary>
        internal bool IsBesides(Branch other)
        {
            for (var own = this; own is not null; own = own.Outer)
            {
                for (var next = other; next is not null; next = next.Outer)
                {
                    if (own.Choice == next.Choice && own.Index != next.Index)
                        return true;
                }
            }
            return false;
        }
    }

    private sealed class Collector(List<Part> parts, ReferenceResolver resolver)
    {
        private readonly HashSet<ReferenceTarget> _open = [];

        internal void Collect(
            JsonElement schema, SpecResource resource, (SchemaKeyword Keyword, int Index) origin, Branch? branch, int hops, bool isRoot = false)
        {
            if (schema.ValueKind != JsonValueKind.Object || hops == 0)
                return;
            var reference = JsonRead.Text(schema, "$ref"u8);
            if (reference is not null)
                Follow(reference, resource, isRoot ? (SchemaKeyword.Ref, 0) : origin, branch, hops);
            if (reference is not null && SchemaReference.IgnoresSiblings(resource.Document))
                return;
            var part = new Part { Origin = origin, Branch = branch };
            foreach (var member in schema.EnumerateObject())
            {
                switch (SchemaKeywords.Of(member))
                {
                    case SchemaKeyword.Properties when member.Value.ValueKind == JsonValueKind.Object:
                        foreach (var property in member.Value.EnumerateObject())
                            part.Names.Add(JsonRead.Name(property));
                        break;
                    case SchemaKeyword.PatternProperties:
                        part.HasPatterns = true;
                        break;
                    case SchemaKeyword.AdditionalProperties:
                        part.IsClosed |= Forbids(member.Value);
                        break;
                    // At the top it sees the properties of the others.
                    case SchemaKeyword.UnevaluatedProperties when !isRoot:
                        part.IsClosed |= Forbids(member.Value);
                        break;
                    case (SchemaKeyword.AllOf or SchemaKeyword.OneOf or SchemaKeyword.AnyOf) and var keyword when member.Value.ValueKind == JsonValueKind.Array:
                        CollectMembers(keyword, member.Value, resource, isRoot ? null : origin, branch, hops);
                        break;
                }
            }
            parts.Add(part);
        }

        private void CollectMembers(
            SchemaKeyword keyword, JsonElement members, SpecResource resource, (SchemaKeyword Keyword, int Index)? origin, Branch? branch, int hops)
        {
            var choice = new object();
            var index = 0;
            foreach (var member in members.EnumerateArray())
            {
                Collect(
                    member, resource, origin ?? (keyword, index), keyword == SchemaKeyword.AllOf ? branch : new Branch(choice, index, branch), hops - 1);
                index++;
            }
        }

        private void Follow(string reference, SpecResource resource, (SchemaKeyword Keyword, int Index) origin, Branch? branch, int hops)
        {
            if (resolver.Resolve(resource, reference).Target is not { } target || !_open.Add(target))
                return;
            Collect(target.Element, target.Resource, origin, branch, hops - 1);
            _open.Remove(target);
        }
    }
}
