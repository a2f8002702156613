namespace McpRuntime.Json;

/// <summary>What the value of a keyword holds, as far as references are concerned.</summary>
internal enum SchemaContext : byte
{
    /// <summary>
    /// Plain data: an example, a default, an enumeration, an extension. A <c>$ref</c> in there is a word.
    /// </summary>
    Data,

    /// <summary>A schema; arrays of schemas are entered with the same context.</summary>
    Schema,

    /// <summary>An object whose names are free and whose values are schemas.</summary>
    SchemaMap,
}

/// <summary>The keywords of JSON Schema (drafts 4 to 2020-12) that hold schemas.</summary>
internal static class SubschemaKeywords
{
    /// <summary>
    /// The context of the value of keyword <paramref name="name"/>, given as the UTF-8 text between the quotes.
    /// </summary>
    public static SchemaContext ContextOf(ReadOnlySpan<byte> name) =>
        name.Length switch
        {
            2 when name.SequenceEqual("if"u8) => SchemaContext.Schema,
            3 when name.SequenceEqual("not"u8) => SchemaContext.Schema,
            4 when name.SequenceEqual("then"u8) || name.SequenceEqual("else"u8) => SchemaContext.Schema,
            5
                when name.SequenceEqual("items"u8)
                    || name.SequenceEqual("allOf"u8)
                    || name.SequenceEqual("anyOf"u8)
                    || name.SequenceEqual("oneOf"u8) => SchemaContext.Schema,
            5 when name.SequenceEqual("$defs"u8) => SchemaContext.SchemaMap,
            8 when name.SequenceEqual("contains"u8) => SchemaContext.Schema,
            10 when name.SequenceEqual("properties"u8) => SchemaContext.SchemaMap,
            11 when name.SequenceEqual("prefixItems"u8) => SchemaContext.Schema,
            11 when name.SequenceEqual("definitions"u8) => SchemaContext.SchemaMap,
            12 when name.SequenceEqual("dependencies"u8) => SchemaContext.SchemaMap,
            13 when name.SequenceEqual("propertyNames"u8) || name.SequenceEqual("contentSchema"u8) =>
                SchemaContext.Schema,
            15 when name.SequenceEqual("additionalItems"u8) => SchemaContext.Schema,
            16 when name.SequenceEqual("unevaluatedItems"u8) => SchemaContext.Schema,
            16 when name.SequenceEqual("dependentSchemas"u8) => SchemaContext.SchemaMap,
            17 when name.SequenceEqual("patternProperties"u8) => SchemaContext.SchemaMap,
            20 when name.SequenceEqual("additionalProperties"u8) => SchemaContext.Schema,
            21 when name.SequenceEqual("unevaluatedProperties"u8) => SchemaContext.Schema,
            _ => SchemaContext.Data,
        };
}
