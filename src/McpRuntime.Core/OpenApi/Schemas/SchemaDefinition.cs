using System.Text;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.References;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>A shared schema: written once, or once in each direction where that makes a difference.</summary>
internal sealed class SchemaDefinition(ReferenceTarget target)
{
    private readonly SchemaFragment?[] _fragments = new SchemaFragment?[2];
    private readonly byte[]?[] _references = new byte[]?[2];
    private readonly bool[] _needed = new bool[2];
    private readonly bool[] _roots = new bool[2];

    internal ReferenceTarget Target { get; } = target;

    /// <summary>What its dynamic references mean; empty for all that reach none.</summary>
    internal DynamicScope Scope { get; init; } = DynamicScope.None;

    /// <summary>The schema that fills it in, and that it is named by; null where it is what it is anywhere.</summary>
    internal SpecResource? NamedBy { get; init; }

    /// <summary>Without the <c>oneOf</c> and <c>anyOf</c> of its top: what its own alternatives are made of.</summary>
    internal bool IsBase { get; init; }

    /// <summary>Without forbidding properties: a part of objects that are closed as a whole.</summary>
    internal bool IsOpen { get; init; }

    /// <summary>
    /// Where references to the same value lead instead, so that no schema applies itself to it again; null leaves the
    /// reference out. Null altogether for nearly all.
    /// </summary>
    internal Dictionary<SchemaDefinition, SchemaDefinition?>? Detours { get; set; }

    /// <summary>The name in the manifest; the input's has <c>-input</c> where it differs.</summary>
    internal string Name { get; set; } = "";

    /// <summary>Name of the input where <see cref="Differs"/>.</summary>
    internal string InputName { get; set; } = "";

    /// <summary>The input is another schema than the output, here or in what this refers to.</summary>
    internal bool Differs { get; set; }

    /// <summary>A number of its own among the schemas that are reached, from 0; -1 before it is reached.</summary>
    internal int Index { get; set; } = -1;

    internal SchemaFragment? this[SchemaDirection direction]
    {
        get => _fragments[(int)direction];
        set => _fragments[(int)direction] = value;
    }

    /// <summary>A tool refers to it directly.</summary>
    internal bool IsRoot(SchemaDirection direction) => _roots[(int)direction];

    internal void SetRoot(SchemaDirection direction) => _roots[(int)direction] = true;

    /// <summary>True the first time that a direction is asked for.</summary>
    internal bool Need(SchemaDirection direction)
    {
        var isFirst = !_needed[(int)direction];
        _needed[(int)direction] = true;
        return isFirst;
    }

    internal string NameOf(SchemaDirection direction) => Differs && direction == SchemaDirection.Input ? InputName : Name;

    internal ReadOnlySpan<byte> Reference(SchemaDirection direction) =>
        _references[(int)direction] ??= [.. "#/definitions/"u8, .. Encoding.ASCII.GetBytes(NameOf(direction))];
}
