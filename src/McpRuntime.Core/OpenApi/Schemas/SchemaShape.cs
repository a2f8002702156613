using System.Text.Json;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// The keywords of one schema object that decide how the others are written, gathered in one pass so that nothing is
/// searched for by name.
/// </summary>
internal struct SchemaShape
{
    private ulong _present;

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

    internal readonly bool Has(SchemaKeyword keyword) => (_present & (1UL << (int)keyword)) != 0;

    /// <summary>True where null is allowed beside what the other keywords say (OpenAPI 3.0; x-nullable in 2.0).</summary>
    internal readonly bool IsNullable => Nullable.ValueKind == JsonValueKind.True;

    /// <summary>True where other schemas apply to the same value.</summary>
    internal readonly bool IsComposed =>
        Has(SchemaKeyword.AllOf) || Has(SchemaKeyword.AnyOf) || Has(SchemaKeyword.OneOf) || Has(SchemaKeyword.Not)
        || Has(SchemaKeyword.If) || Has(SchemaKeyword.Const) || Ref.ValueKind == JsonValueKind.String;

    private void Keep(SchemaKeyword keyword, JsonElement value)
    {
        switch (keyword)
        {
            case SchemaKeyword.Ref: Ref = value; break;
            case SchemaKeyword.Type: Type = value; break;
            case SchemaKeyword.Nullable or SchemaKeyword.XNullable: Nullable = value; break;
            case SchemaKeyword.Minimum: Minimum = value; break;
            case SchemaKeyword.Maximum: Maximum = value; break;
            case SchemaKeyword.ExclusiveMinimum: ExclusiveMinimum = value; break;
            case SchemaKeyword.ExclusiveMaximum: ExclusiveMaximum = value; break;
            case SchemaKeyword.Properties: Properties = value; break;
            case SchemaKeyword.Description: Description = value; break;
            case SchemaKeyword.Discriminator: Discriminator = value; break;
            case SchemaKeyword.Items: Items = value; break;
        }
    }
}

/// <summary>A keyword of a schema and what stands there.</summary>
internal readonly record struct SchemaMember(SchemaKeyword Keyword, JsonProperty Property);
