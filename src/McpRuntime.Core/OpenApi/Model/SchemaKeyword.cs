using System.Runtime.InteropServices;
using System.Text.Json;

namespace McpRuntime.OpenApi.Model;

/// <summary>
/// The keywords that a schema of an input or an output is made of: JSON Schema 2020-12, and what OpenAPI 2.0 and 3.0
/// and older drafts have in their place. All others (<c>xml</c>, <c>externalDocs</c>, <c>x-*</c>, <c>$comment</c>,
/// <c>$defs</c>, …) say nothing about values and are <see cref="None"/>.
/// </summary>
internal enum SchemaKeyword
{
    None,
    Ref,
    AllOf,
    AnyOf,
    OneOf,
    Not,
    If,
    Then,
    Else,
    Type,
    Nullable,
    XNullable,
    Enum,
    Const,
    Default,
    Example,
    Examples,
    XExample,
    Title,
    Description,
    Format,
    Pattern,
    ContentEncoding,
    ContentMediaType,
    ContentSchema,
    MinLength,
    MaxLength,
    MinItems,
    MaxItems,
    MinProperties,
    MaxProperties,
    MinContains,
    MaxContains,
    Minimum,
    Maximum,
    ExclusiveMinimum,
    ExclusiveMaximum,
    MultipleOf,
    UniqueItems,
    Deprecated,
    ReadOnly,
    WriteOnly,
    Properties,
    PatternProperties,
    DependentSchemas,
    DependentRequired,
    Dependencies,
    AdditionalProperties,
    UnevaluatedProperties,
    UnevaluatedItems,
    PropertyNames,
    Items,
    PrefixItems,
    AdditionalItems,
    Contains,
    Required,
    Discriminator,
    DynamicRef,
    RecursiveRef,
}

internal static class SchemaKeywords
{
    /// <summary>The keyword of a property of a schema object, without making a string of its name.</summary>
    internal static SchemaKeyword Of(JsonProperty property) => Of(JsonMarshal.GetRawUtf8PropertyName(property));

    private static SchemaKeyword Of(ReadOnlySpan<byte> name) =>
        name.Length switch
        {
            2 => name.SequenceEqual("if"u8) ? SchemaKeyword.If : SchemaKeyword.None,
            3 => name.SequenceEqual("not"u8) ? SchemaKeyword.Not : SchemaKeyword.None,
            4 => name.SequenceEqual("$ref"u8) ? SchemaKeyword.Ref
            : name.SequenceEqual("then"u8) ? SchemaKeyword.Then
            : name.SequenceEqual("else"u8) ? SchemaKeyword.Else
            : name.SequenceEqual("type"u8) ? SchemaKeyword.Type
            : name.SequenceEqual("enum"u8) ? SchemaKeyword.Enum
            : SchemaKeyword.None,
            5 => name.SequenceEqual("allOf"u8) ? SchemaKeyword.AllOf
            : name.SequenceEqual("anyOf"u8) ? SchemaKeyword.AnyOf
            : name.SequenceEqual("oneOf"u8) ? SchemaKeyword.OneOf
            : name.SequenceEqual("const"u8) ? SchemaKeyword.Const
            : name.SequenceEqual("title"u8) ? SchemaKeyword.Title
            : name.SequenceEqual("items"u8) ? SchemaKeyword.Items
            : SchemaKeyword.None,
            6 => name.SequenceEqual("format"u8) ? SchemaKeyword.Format : SchemaKeyword.None,
            7 => name.SequenceEqual("default"u8) ? SchemaKeyword.Default
            : name.SequenceEqual("example"u8) ? SchemaKeyword.Example
            : name.SequenceEqual("pattern"u8) ? SchemaKeyword.Pattern
            : name.SequenceEqual("minimum"u8) ? SchemaKeyword.Minimum
            : name.SequenceEqual("maximum"u8) ? SchemaKeyword.Maximum
            : SchemaKeyword.None,
            8 => name.SequenceEqual("nullable"u8) ? SchemaKeyword.Nullable
            : name.SequenceEqual("examples"u8) ? SchemaKeyword.Examples
            : name.SequenceEqual("minItems"u8) ? SchemaKeyword.MinItems
            : name.SequenceEqual("maxItems"u8) ? SchemaKeyword.MaxItems
            : name.SequenceEqual("readOnly"u8) ? SchemaKeyword.ReadOnly
            : name.SequenceEqual("contains"u8) ? SchemaKeyword.Contains
            : name.SequenceEqual("required"u8) ? SchemaKeyword.Required
            : SchemaKeyword.None,
            9 => name.SequenceEqual("x-example"u8) ? SchemaKeyword.XExample
            : name.SequenceEqual("minLength"u8) ? SchemaKeyword.MinLength
            : name.SequenceEqual("maxLength"u8) ? SchemaKeyword.MaxLength
            : name.SequenceEqual("writeOnly"u8) ? SchemaKeyword.WriteOnly
            : SchemaKeyword.None,
            10 => name.SequenceEqual("x-nullable"u8) ? SchemaKeyword.XNullable
            : name.SequenceEqual("multipleOf"u8) ? SchemaKeyword.MultipleOf
            : name.SequenceEqual("deprecated"u8) ? SchemaKeyword.Deprecated
            : name.SequenceEqual("properties"u8) ? SchemaKeyword.Properties
            : SchemaKeyword.None,
            11 => name.SequenceEqual("description"u8) ? SchemaKeyword.Description
            : name.SequenceEqual("minContains"u8) ? SchemaKeyword.MinContains
            : name.SequenceEqual("maxContains"u8) ? SchemaKeyword.MaxContains
            : name.SequenceEqual("uniqueItems"u8) ? SchemaKeyword.UniqueItems
            : name.SequenceEqual("prefixItems"u8) ? SchemaKeyword.PrefixItems
            : name.SequenceEqual("$dynamicRef"u8) ? SchemaKeyword.DynamicRef
            : SchemaKeyword.None,
            12 => name.SequenceEqual("dependencies"u8) ? SchemaKeyword.Dependencies : SchemaKeyword.None,
            13 => name.SequenceEqual("contentSchema"u8) ? SchemaKeyword.ContentSchema
            : name.SequenceEqual("minProperties"u8) ? SchemaKeyword.MinProperties
            : name.SequenceEqual("maxProperties"u8) ? SchemaKeyword.MaxProperties
            : name.SequenceEqual("propertyNames"u8) ? SchemaKeyword.PropertyNames
            : name.SequenceEqual("discriminator"u8) ? SchemaKeyword.Discriminator
            : name.SequenceEqual("$recursiveRef"u8) ? SchemaKeyword.RecursiveRef
            : SchemaKeyword.None,
            15 => name.SequenceEqual("contentEncoding"u8) ? SchemaKeyword.ContentEncoding
            : name.SequenceEqual("additionalItems"u8) ? SchemaKeyword.AdditionalItems
            : SchemaKeyword.None,
            16 => name.SequenceEqual("contentMediaType"u8) ? SchemaKeyword.ContentMediaType
            : name.SequenceEqual("exclusiveMinimum"u8) ? SchemaKeyword.ExclusiveMinimum
            : name.SequenceEqual("exclusiveMaximum"u8) ? SchemaKeyword.ExclusiveMaximum
            : name.SequenceEqual("dependentSchemas"u8) ? SchemaKeyword.DependentSchemas
            : name.SequenceEqual("unevaluatedItems"u8) ? SchemaKeyword.UnevaluatedItems
            : SchemaKeyword.None,
            17 => name.SequenceEqual("patternProperties"u8) ? SchemaKeyword.PatternProperties
            : name.SequenceEqual("dependentRequired"u8) ? SchemaKeyword.DependentRequired
            : SchemaKeyword.None,
            20 => name.SequenceEqual("additionalProperties"u8)
                ? SchemaKeyword.AdditionalProperties
                : SchemaKeyword.None,
            21 => name.SequenceEqual("unevaluatedProperties"u8)
                ? SchemaKeyword.UnevaluatedProperties
                : SchemaKeyword.None,
            _ => SchemaKeyword.None,
        };
}
