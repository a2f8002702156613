using System.Text.Json;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>One of the schemas that describe an object together.</summary>
/// <param name="Keyword">The keyword of the whole that leads to it; none for the whole itself.</param>
/// <param name="Index">Its position in the list of that keyword.</param>
internal readonly record struct PartOrigin(SchemaKeyword Keyword, int Index)
{
    /// <summary>The keywords of the whole itself.</summary>
    internal static PartOrigin Whole => default;
}

/// <summary>What one of the schemas that describe an object together says about its properties.</summary>
internal sealed class CompositionPart(Node schema, PartOrigin origin, CompositionBranch? branch)
{
    private JsonElement _properties;
    private HashSet<string>? _names;

    internal PartOrigin Origin { get; } = origin;

    /// <summary>The branch of a choice that it is in; null where it always applies.</summary>
    internal CompositionBranch? Branch { get; } = branch;

    /// <summary>
    /// The properties that it describes, read when they are asked for: most compositions leave further properties
    /// alone.
    /// </summary>
    internal HashSet<string> Names =>
        _names ??=
            _properties.ValueKind == JsonValueKind.Object
                ? _properties.EnumerateObject().Select(JsonRead.Name).ToHashSet(StringComparer.Ordinal)
                : [];

    /// <summary>It forbids all others.</summary>
    internal bool IsClosed { get; private set; }

    /// <summary>What it asks of all others; null where they may have any value, or are forbidden.</summary>
    internal Node? Additional { get; private set; }

    internal bool HasPatterns { get; set; }

    internal void Describe(JsonElement properties) => _properties = properties;

    /// <param name="keyword"><c>additionalProperties</c> or <c>unevaluatedProperties</c>.</param>
    internal void Close(JsonProperty keyword)
    {
        if (ClosedComposition.Forbids(keyword.Value))
            IsClosed = true;
        else if (ClosedComposition.Restricts(keyword.Value))
            Additional = schema.Child(keyword.Name, keyword.Value);
    }

    /// <summary>It describes a property that another part does not know, and cannot have for its types.</summary>
    internal bool HasOtherThan(CompositionPart other, SchemaTypes types)
    {
        if (_properties.ValueKind != JsonValueKind.Object || other.Additional is not { } additional)
            return false;
        foreach (var property in _properties.EnumerateObject())
        {
            if (
                !other.Names.Contains(JsonRead.Name(property))
                && types.Exclude(property.Value, schema.Resource, additional.Element, additional.Resource)
            )
                return true;
        }
        return false;
    }
}

/// <summary>A branch of a choice, within one of another.</summary>
internal sealed record CompositionBranch(object Choice, int Index, CompositionBranch? Outer)
{
    internal CompositionBranch Root => Outer?.Root ?? this;

    /// <summary>Two branches of which only one applies.</summary>
    internal bool IsBesides(CompositionBranch other)
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
