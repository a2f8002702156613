using System.Text.Json;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// An object that several schemas describe together, of which one forbids what another describes, or gives it another
/// type: code generators write <c>additionalProperties</c> into every member of an <c>allOf</c>, and next to a
/// <c>oneOf</c>. Each schema sees only its own properties (JSON Schema 2020-12 core section 10.3.2.3), so no value
/// fits. What the author means is the whole: <c>unevaluatedProperties</c> (core section 11.3).
/// </summary>
internal sealed class ClosedComposition
{
    internal const string ForbidMessage =
        "Schemas that are combined for this object forbid each other's properties; the combination allows "
        + "the properties of all of them.";

    internal const string RestrictMessage =
        "Schemas that are combined for this object restrict each other's properties by "
        + "'additionalProperties'; each property has the type that its schema gives.";

    private readonly HashSet<PartOrigin> _opened = [];

    private ClosedComposition() { }

    /// <summary>Of a schema that takes part in a composition which is closed as a whole.</summary>
    internal static ClosedComposition All { get; } = new() { OpensAll = true, LoosensChoice = true };

    // A closed base whose discriminator chooses among its heirs: their properties are not its own.
    private static ClosedComposition ClosedBase { get; } =
        new() { _opened = { PartOrigin.Whole }, Message = ForbidMessage };

    private static ClosedComposition RestrictedBase { get; } =
        new() { _opened = { PartOrigin.Whole }, Message = RestrictMessage };

    /// <summary>The whole is closed in the place of its parts.</summary>
    internal bool Closes { get; private init; }

    /// <summary>What the whole asks of properties that none of its parts describes; empty for nothing.</summary>
    internal IReadOnlyList<Node> Additional { get; private init; } = [];

    /// <summary>Branches of <c>oneOf</c> that told themselves from each other by being closed no longer do.</summary>
    internal bool LoosensChoice { get; private set; }

    /// <summary>All properties that a value may have; null where there may be others.</summary>
    internal HashSet<string>? Known { get; private init; }

    /// <summary>What differs from the document; null for nothing.</summary>
    internal string? Message { get; private init; }

    /// <summary>Nothing is written otherwise.</summary>
    internal bool IsSilent => !OpensAll && _opened.Count == 0;

    /// <summary>Nothing in the object is closed, the whole of which it is a part is.</summary>
    internal bool OpensAll { get; private init; }

    /// <summary>The object's own <c>additionalProperties</c> is left out.</summary>
    internal bool OpensItself => OpensAll || _opened.Contains(PartOrigin.Whole);

    /// <summary>What the object refers to is taken without being closed.</summary>
    internal bool OpensReference => Opens(SchemaKeyword.Ref, 0);

    /// <summary>A member of <c>allOf</c>, <c>oneOf</c> or <c>anyOf</c> is taken without being closed.</summary>
    internal bool Opens(SchemaKeyword keyword, int index) =>
        OpensAll || _opened.Contains(new PartOrigin(keyword, index));

    /// <summary>How a composed or closed object is written; null where as it is.</summary>
    /// <param name="schema">The object.</param>
    /// <param name="resource">The base of its references.</param>
    /// <param name="resolver">Follows them.</param>
    /// <param name="pointer">Its place, asked for only where something is written elsewhere.</param>
    internal static ClosedComposition? Of(
        JsonElement schema,
        SpecResource resource,
        ReferenceResolver resolver,
        Func<string> pointer
    )
    {
        if (BaseOfOthers(schema) is { } itself)
            return itself;
        var parts = CompositionParts.Of(new Node(resource, schema, DocumentPath.Root), resolver);
        if (!parts.Exists(part => part.IsClosed || part.Additional is not null))
            return null;
        var types = new SchemaTypes(resolver);
        var contradicted = parts.FindAll(part =>
            !part.HasPatterns && parts.Exists(other => other != part && Excludes(part, other, types))
        );
        var opened = contradicted.Select(part => part.Origin).ToHashSet();
        var closes =
            contradicted.Exists(part => part is { IsClosed: true, Branch: null })
            || contradicted.Exists(part => part.IsClosed && IsChoiceClosed(part, parts));
        var remains = parts.Exists(part => part is { IsClosed: true, Branch: null } && !contradicted.Contains(part));
        // Where one part takes further properties, that another forbids them is an heir's, or a base's, silence about
        // them.
        var restricts = parts.Exists(part =>
            part is { Additional: not null, Branch: null } && opened.Contains(part.Origin)
        );
        var ownsRest = schema.TryGetProperty("unevaluatedProperties"u8, out var own) && !Forbids(own);
        var composition = new ClosedComposition
        {
            Closes = closes && !remains && !restricts && !ownsRest,
            Additional =
                restricts && !remains && !ownsRest
                    ? AdditionalOf(new Node(resource, schema, new DocumentPath(pointer())), opened, resolver)
                    : [],
            Known =
                (closes || remains) && !restricts && !parts.Exists(part => part.HasPatterns)
                    ? [.. parts.SelectMany(part => part.Names)]
                    : null,
            Message =
                contradicted.Exists(part => part.IsClosed) ? ForbidMessage
                : contradicted.Count > 0 ? RestrictMessage
                : null,
        };
        composition._opened.UnionWith(opened);
        composition.LoosensChoice = contradicted.Exists(part =>
            part.Branch is not null
            || (
                part.Origin == PartOrigin.Whole && parts.Exists(other => other is { Branch: not null, IsClosed: false })
            )
        );
        return composition.Message is not null || composition.Known is not null ? composition : null;
    }

    /// <summary>A schema forbids or restricts further properties, itself or in a part of it.</summary>
    internal static bool IsClosed(ReferenceTarget target, ReferenceResolver resolver) =>
        CompositionParts.Of(target.Node, resolver).Exists(part => part.IsClosed || part.Additional is not null);

    /// <summary>A value of <c>additionalProperties</c> that forbids them.</summary>
    internal static bool Forbids(JsonElement value) =>
        value.ValueKind == JsonValueKind.False
        || (
            JsonRead.TryGet(value, "not"u8, out var not)
            && value.GetPropertyCount() == 1
            && (
                not.ValueKind == JsonValueKind.True
                || (not.ValueKind == JsonValueKind.Object && not.GetPropertyCount() == 0)
            )
        );

    /// <summary>A value of <c>additionalProperties</c> that does not take every value.</summary>
    internal static bool Restricts(JsonElement value) =>
        value.ValueKind == JsonValueKind.False
        || (
            value.ValueKind == JsonValueKind.Object
            && SchemaShape.Of(value) is var shape
            && shape.Count > shape.CountOfAnnotations
        );

    // What contradicts itself within one member is repaired there.
    private static bool Excludes(CompositionPart part, CompositionPart other, SchemaTypes types)
    {
        if (
            part.Origin == other.Origin
            || (part.Branch is { } own && other.Branch is { } branch && own.IsBesides(branch))
        )
            return false;
        return part.IsClosed ? !other.Names.IsSubsetOf(part.Names) : other.HasOtherThan(part, types);
    }

    // With one open branch the whole would forbid what that branch allows.
    private static bool IsChoiceClosed(CompositionPart part, List<CompositionPart> parts) =>
        part.Branch is { Outer: null } branch
        && parts.TrueForAll(other =>
            other.Branch is not { } own || own.Root.Choice != branch.Choice || own.Outer is not null || other.IsClosed
        );

    private static ClosedComposition? BaseOfOthers(JsonElement schema)
    {
        if (
            !schema.TryGetProperty("discriminator"u8, out var discriminator)
            || discriminator.ValueKind is not (JsonValueKind.Object or JsonValueKind.String)
            || !JsonRead.TryGet(schema, "additionalProperties"u8, out var value)
            || !Restricts(value)
            || schema.TryGetProperty("oneOf"u8, out _)
            || schema.TryGetProperty("anyOf"u8, out _)
            || schema.TryGetProperty("allOf"u8, out _)
        )
            return null;
        return Forbids(value) ? ClosedBase : RestrictedBase;
    }

    private static List<Node> AdditionalOf(Node whole, HashSet<PartOrigin> opened, ReferenceResolver resolver)
    {
        var all = new List<Node>();
        foreach (var part in CompositionParts.Of(whole, resolver))
        {
            if (
                part is { Additional: { } additional, Branch: null }
                && opened.Contains(part.Origin)
                && !all.Exists(other =>
                    other.Resource == additional.Resource && JsonElement.DeepEquals(other.Element, additional.Element)
                )
            )
                all.Add(additional);
        }
        return all;
    }
}
