using System.Text.Json;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>What a <c>$ref</c> in a schema means next to its siblings.</summary>
internal static class SchemaReference
{
    /// <summary>OpenAPI 2.0 and 3.0 ignore what is next to a reference (3.0.4 section 4.7.23.1).</summary>
    internal static bool IgnoresSiblings(SpecDocument document) => document.Line is SpecLine.V20 or SpecLine.V30;

    /// <summary>True for a schema that is nothing but a reference.</summary>
    internal static bool IsAlias(ReferenceTarget target, out string reference)
    {
        reference = "";
        if (target.Element.ValueKind != JsonValueKind.Object || JsonRead.Text(target.Element, "$ref"u8) is not { } text)
            return false;
        reference = text;
        return IgnoresSiblings(target.Document) || SchemaShape.Of(target.Element).Count == 1;
    }
}
