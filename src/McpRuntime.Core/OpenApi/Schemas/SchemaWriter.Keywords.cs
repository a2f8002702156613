using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Schemas;

internal sealed partial class SchemaWriter
{
    /// <summary>Writes one keyword in its 2020-12 spelling; false where its value cannot be one.</summary>
    private bool WriteKeyword(
        int first,
        SchemaKeyword keyword,
        JsonProperty property,
        in SchemaShape shape,
        bool isBranch
    )
    {
        var value = property.Value;
        switch (keyword)
        {
            case SchemaKeyword.Ref or SchemaKeyword.DynamicRef or SchemaKeyword.RecursiveRef:
                if (
                    value.ValueKind == JsonValueKind.String
                    && IsMeant(keyword, shape)
                    && !shape.Has(SchemaKeyword.AllOf)
                )
                    WriteReferenceInAllOf(first, shape);
                return value.ValueKind == JsonValueKind.String;
            case SchemaKeyword.Type:
                return ValueKeywords.WriteType(_json, value, shape.IsNullable && !isBranch);
            case SchemaKeyword.Enum:
                return ValueKeywords.WriteEnum(_json, value, shape, shape.IsNullable && !isBranch);
            case SchemaKeyword.Const:
                ValueKeywords.WriteAny(_json, "const"u8, value);
                return true;
            case SchemaKeyword.Default:
                ValueKeywords.WriteAny(_json, "default"u8, value);
                return true;
            case SchemaKeyword.Example or SchemaKeyword.XExample:
                if (
                    !shape.Has(SchemaKeyword.Examples)
                    && (keyword == SchemaKeyword.Example || !shape.Has(SchemaKeyword.Example))
                )
                    WriteExample(value);
                return true;
            case SchemaKeyword.Examples:
                if (value.ValueKind == JsonValueKind.Array)
                    ValueKeywords.WriteAny(_json, "examples"u8, value);
                return value.ValueKind is JsonValueKind.Array or JsonValueKind.Object;
            case SchemaKeyword.Title:
                if (value.ValueKind == JsonValueKind.String)
                    SchemaText.Write(_json, "title"u8, value);
                return value.ValueKind == JsonValueKind.String;
            case SchemaKeyword.Format:
                return ValueKeywords.WriteText(_json, "format"u8, value);
            case SchemaKeyword.Pattern:
                return WritePattern(property);
            case SchemaKeyword.ContentEncoding:
                return ValueKeywords.WriteText(_json, "contentEncoding"u8, value);
            case SchemaKeyword.ContentMediaType:
                return ValueKeywords.WriteText(_json, "contentMediaType"u8, value);
            case SchemaKeyword.MinLength:
                return ValueKeywords.WriteCount(_json, "minLength"u8, value);
            case SchemaKeyword.MaxLength:
                return ValueKeywords.WriteCount(_json, "maxLength"u8, value);
            case SchemaKeyword.MinItems:
                return ValueKeywords.WriteCount(_json, "minItems"u8, value);
            case SchemaKeyword.MaxItems:
                return ValueKeywords.WriteCount(_json, "maxItems"u8, value);
            case SchemaKeyword.MinProperties:
                return ValueKeywords.WriteCount(_json, "minProperties"u8, value);
            case SchemaKeyword.MaxProperties:
                return ValueKeywords.WriteCount(_json, "maxProperties"u8, value);
            case SchemaKeyword.MinContains:
                return ValueKeywords.WriteCount(_json, "minContains"u8, value);
            case SchemaKeyword.MaxContains:
                return ValueKeywords.WriteCount(_json, "maxContains"u8, value);
            case SchemaKeyword.Minimum:
                return ValueKeywords.WriteBound(
                    _json,
                    "minimum"u8,
                    "exclusiveMinimum"u8,
                    value,
                    shape.ExclusiveMinimum
                );
            case SchemaKeyword.Maximum:
                return ValueKeywords.WriteBound(
                    _json,
                    "maximum"u8,
                    "exclusiveMaximum"u8,
                    value,
                    shape.ExclusiveMaximum
                );
            case SchemaKeyword.ExclusiveMinimum:
                return ValueKeywords.WriteExclusive(_json, "exclusiveMinimum"u8, value);
            case SchemaKeyword.ExclusiveMaximum:
                return ValueKeywords.WriteExclusive(_json, "exclusiveMaximum"u8, value);
            case SchemaKeyword.MultipleOf:
                return ValueKeywords.WritePositive(_json, "multipleOf"u8, value);
            case SchemaKeyword.UniqueItems:
                return ValueKeywords.WriteFlag(_json, "uniqueItems"u8, value);
            case SchemaKeyword.Deprecated:
                return ValueKeywords.WriteFlag(_json, "deprecated"u8, value);
            case SchemaKeyword.ReadOnly:
                return ValueKeywords.WriteFlag(_json, "readOnly"u8, value);
            case SchemaKeyword.WriteOnly:
                return ValueKeywords.WriteFlag(_json, "writeOnly"u8, value);
            case SchemaKeyword.Required:
                return WriteRequired(value, shape);
            case SchemaKeyword.Properties:
                return WriteProperties(property);
            case SchemaKeyword.PatternProperties:
                return WritePatternProperties(property);
            case SchemaKeyword.DependentSchemas:
                return WriteSchemaMap("dependentSchemas"u8, property, SchemaWay.Condition);
            case SchemaKeyword.DependentRequired:
                return WriteDependentRequired(property);
            case SchemaKeyword.Dependencies:
                return WriteDependencies(property, shape);
            case SchemaKeyword.AllOf:
                return WriteAllOf(first, property, shape);
            case SchemaKeyword.AnyOf:
                return WriteChoice("anyOf"u8, property, shape);
            case SchemaKeyword.OneOf:
                return WriteChoice(
                    _closing is { LoosensChoice: true } && !shape.Has(SchemaKeyword.AnyOf) ? "anyOf"u8 : "oneOf"u8,
                    property,
                    shape
                );
            case SchemaKeyword.PrefixItems:
                return WriteSchemaArray("prefixItems"u8, property, SchemaWay.Part);
            case SchemaKeyword.Items:
                return WriteItems(property, shape);
            case SchemaKeyword.AdditionalItems:
                return shape.Items.ValueKind != JsonValueKind.Array || WriteSubschema("items"u8, property);
            case SchemaKeyword.Not:
                return WriteSubschema("not"u8, property, SchemaWay.Condition);
            case SchemaKeyword.If:
                return WriteSubschema("if"u8, property, SchemaWay.Condition);
            case SchemaKeyword.Then:
                return WriteSubschema("then"u8, property, SchemaWay.Condition);
            case SchemaKeyword.Else:
                return WriteSubschema("else"u8, property, SchemaWay.Condition);
            case SchemaKeyword.Contains:
                return WriteSubschema("contains"u8, property);
            case SchemaKeyword.ContentSchema:
                return WriteSubschema("contentSchema"u8, property);
            case SchemaKeyword.PropertyNames:
                return WriteSubschema("propertyNames"u8, property);
            case SchemaKeyword.AdditionalProperties:
                return WriteSubschema("additionalProperties"u8, property);
            case SchemaKeyword.UnevaluatedProperties:
                return WriteSubschema("unevaluatedProperties"u8, property);
            case SchemaKeyword.UnevaluatedItems:
                return WriteSubschema("unevaluatedItems"u8, property);
            // Written with the annotations, or part of how others are written.
            default:
                return true;
        }
    }

    private bool WritePattern(JsonProperty property)
    {
        if (JsonRead.Text(property.Value) is not { } source)
            return false;
        if (SpelledPattern(source, property) is { Length: > 0 } pattern)
            _json.WriteString("pattern"u8, pattern);
        return true;
    }

    // Null for one that is left out, with a finding.
    private string? SpelledPattern(string source, JsonProperty at)
    {
        var (pattern, problem, repair) = _patterns.Of(source);
        if (problem is not null)
            Report(
                $"The pattern '{UntrustedText.Shorten(source, 100)}' is not a regular expression of ECMA-262: "
                    + $"{problem}; ignored.",
                at
            );
        if (repair is not null)
            Report($"The pattern '{UntrustedText.Shorten(source, 100)}' {repair}.", at, ImportRules.SchemaRepair);
        return pattern;
    }
}
