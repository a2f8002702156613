using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>A shared schema: what references mean, in one of its readings. Equal where they are the same.</summary>
internal sealed record SchemaDefinition(ReferenceTarget Target)
{
    /// <summary>What its dynamic references mean; empty for all that reach none.</summary>
    internal DynamicScope Scope { get; init; } = DynamicScope.None;

    /// <summary>The schema that fills it in, and that it is named by; null where it is what it is anywhere.</summary>
    internal SpecResource? NamedBy { get; init; }

    /// <summary>Without the <c>oneOf</c> and <c>anyOf</c> of its top: what its own alternatives are made of.</summary>
    internal bool IsBase { get; init; }

    /// <summary>Without forbidding properties: a part of objects that are closed as a whole.</summary>
    internal bool IsOpen { get; init; }

    public bool Equals(SchemaDefinition? other) =>
        ReferenceEquals(this, other)
        || (
            other is not null
            && Target.Equals(other.Target)
            && IsBase == other.IsBase
            && IsOpen == other.IsOpen
            && Scope.Equals(other.Scope)
        );

    public override int GetHashCode() => HashCode.Combine(Target, IsBase, IsOpen);
}
