using System.Numerics;
using System.Text.Json;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// The keywords of one schema object that decide how the others are written, gathered in one pass so that nothing is
/// searched for by name.
/// </summary>
internal struct SchemaShape
{
    private const ulong Values =
        1UL << (int)SchemaKeyword.Enum | 1UL << (int)SchemaKeyword.Const | 1UL << (int)SchemaKeyword.Default;

    private const ulong Lower =
        1UL << (int)SchemaKeyword.MinLength
        | 1UL << (int)SchemaKeyword.MinItems
        | 1UL << (int)SchemaKeyword.MinProperties
        | 1UL << (int)SchemaKeyword.MinContains
        | 1UL << (int)SchemaKeyword.Minimum
        | 1UL << (int)SchemaKeyword.ExclusiveMinimum;

    private const ulong Upper =
        1UL << (int)SchemaKeyword.MaxLength
        | 1UL << (int)SchemaKeyword.MaxItems
        | 1UL << (int)SchemaKeyword.MaxProperties
        | 1UL << (int)SchemaKeyword.MaxContains
        | 1UL << (int)SchemaKeyword.Maximum
        | 1UL << (int)SchemaKeyword.ExclusiveMaximum;

    private const ulong References =
        1UL << (int)SchemaKeyword.Ref | 1UL << (int)SchemaKeyword.DynamicRef | 1UL << (int)SchemaKeyword.RecursiveRef;

    private const ulong Annotations =
        1UL << (int)SchemaKeyword.Title
        | 1UL << (int)SchemaKeyword.Description
        | 1UL << (int)SchemaKeyword.Default
        | 1UL << (int)SchemaKeyword.Example
        | 1UL << (int)SchemaKeyword.Examples
        | 1UL << (int)SchemaKeyword.XExample
        | 1UL << (int)SchemaKeyword.Deprecated
        | 1UL << (int)SchemaKeyword.ReadOnly
        | 1UL << (int)SchemaKeyword.WriteOnly
        | 1UL << (int)SchemaKeyword.Nullable
        | 1UL << (int)SchemaKeyword.XNullable
        | 1UL << (int)SchemaKeyword.Discriminator;

    private ulong _present;

    /// <summary>Keywords that bound a text or a number.</summary>
    internal static ReadOnlySpan<SchemaKeyword> ValueBounds =>
        [
            SchemaKeyword.MinLength,
            SchemaKeyword.MaxLength,
            SchemaKeyword.Minimum,
            SchemaKeyword.Maximum,
            SchemaKeyword.ExclusiveMinimum,
            SchemaKeyword.ExclusiveMaximum,
        ];

    /// <summary>True where keywords of this object may exclude each other; false for nearly all.</summary>
    internal readonly bool MayContradict =>
        HasValues
        || HasBounds
        || (
            Has(SchemaKeyword.Type)
            && ValueKeywords.TypeName(Type) is { IsEmpty: true } or [(byte)'n', (byte)'u', (byte)'l', ..]
        );

    /// <summary><c>enum</c>, <c>const</c> or <c>default</c>.</summary>
    internal readonly bool HasValues => (_present & Values) != 0;

    /// <summary>A lower and an upper bound, perhaps not of one kind.</summary>
    internal readonly bool HasBounds => (_present & Lower) != 0 && (_present & Upper) != 0;

    internal readonly bool HasBound => (_present & (Lower | Upper)) != 0;

    internal JsonElement Ref { get; private set; }

    internal JsonElement Type { get; private set; }

    internal JsonElement Nullable { get; private set; }

    internal JsonElement Minimum { get; private set; }

    internal JsonElement Maximum { get; private set; }

    internal JsonElement ExclusiveMinimum { get; private set; }

    internal JsonElement ExclusiveMaximum { get; private set; }

    internal JsonElement Properties { get; private set; }

    internal JsonElement Description { get; private set; }

    internal JsonElement Discriminator { get; private set; }

    internal JsonElement Items { get; private set; }

    /// <summary>Members that are no annotation: 1 where a reference has no siblings.</summary>
    internal int Count { get; private set; }

    /// <param name="schema">A schema that is an object.</param>
    /// <param name="members">Receives its keywords, where they are wanted.</param>
    internal static SchemaShape Of(JsonElement schema, List<SchemaMember>? members = null)
    {
        var shape = default(SchemaShape);
        foreach (var property in schema.EnumerateObject())
        {
            var keyword = SchemaKeywords.Of(property);
            if (keyword == SchemaKeyword.None)
                continue;
            members?.Add(new SchemaMember(keyword, property));
            shape.Count++;
            shape._present |= 1UL << (int)keyword;
            shape.Keep(keyword, property.Value);
        }
        return shape;
    }

    /// <summary>Members that say nothing about values.</summary>
    internal readonly int CountOfAnnotations => BitOperations.PopCount(_present & Annotations);

    /// <summary>Other schemas may describe the properties of the same object.</summary>
    internal readonly bool IsObjectComposed =>
        Has(SchemaKeyword.AllOf)
        || Has(SchemaKeyword.AnyOf)
        || Has(SchemaKeyword.OneOf)
        || (HasReference && HasSiblings);

    /// <summary>A reference, of any kind.</summary>
    internal readonly bool HasReference =>
        (_present & References) != 0 && (!Has(SchemaKeyword.Ref) || Ref.ValueKind == JsonValueKind.String);

    /// <summary>Something next to a reference that says more about the value.</summary>
    internal readonly bool HasSiblings => (_present & ~(Annotations | References)) != 0;

    internal readonly bool Has(SchemaKeyword keyword) => (_present & (1UL << (int)keyword)) != 0;

    /// <summary>
    /// True where null is allowed next to what the other keywords say (OpenAPI 3.0; x-nullable in 2.0).
    /// </summary>
    internal readonly bool IsNullable => Nullable.ValueKind == JsonValueKind.True;

    /// <summary>True where other schemas apply to the same value.</summary>
    internal readonly bool IsComposed =>
        Has(SchemaKeyword.AllOf)
        || Has(SchemaKeyword.AnyOf)
        || Has(SchemaKeyword.OneOf)
        || Has(SchemaKeyword.Not)
        || Has(SchemaKeyword.If)
        || Has(SchemaKeyword.Const)
        || Ref.ValueKind == JsonValueKind.String;

    private void Keep(SchemaKeyword keyword, JsonElement value)
    {
        switch (keyword)
        {
            case SchemaKeyword.Ref:
                Ref = value;
                break;
            case SchemaKeyword.Type:
                Type = value;
                break;
            case SchemaKeyword.Nullable or SchemaKeyword.XNullable:
                Nullable = value;
                break;
            case SchemaKeyword.Minimum:
                Minimum = value;
                break;
            case SchemaKeyword.Maximum:
                Maximum = value;
                break;
            case SchemaKeyword.ExclusiveMinimum:
                ExclusiveMinimum = value;
                break;
            case SchemaKeyword.ExclusiveMaximum:
                ExclusiveMaximum = value;
                break;
            case SchemaKeyword.Properties:
                Properties = value;
                break;
            case SchemaKeyword.Description:
                Description = value;
                break;
            case SchemaKeyword.Discriminator:
                Discriminator = value;
                break;
            case SchemaKeyword.Items:
                Items = value;
                break;
        }
    }
}

/// <summary>A keyword of a schema and what is there.</summary>
internal readonly record struct SchemaMember(SchemaKeyword Keyword, JsonProperty Property);
