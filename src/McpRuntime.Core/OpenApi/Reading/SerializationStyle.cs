using System.Text.Json;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Reading;

namespace McpRuntime.OpenApi.Reading;

/// <summary>
/// How a value becomes text: OpenAPI 3.2 section 4.12.2.2 (Style Values) and 2.0's <c>collectionFormat</c>. What the
/// location gives by default is left out.
/// </summary>
internal readonly record struct SerializationStyle(ParameterStyle? Style, bool? Explode, ArrayDelimiter Delimiter)
{
    /// <summary>How arrays in an array are joined: only OpenAPI 2.0 says.</summary>
    internal ArrayItems? Items { get; private init; }

    /// <summary><c>style</c> and <c>explode</c> of a Parameter or Encoding Object.</summary>
    /// <param name="node">The object.</param>
    /// <param name="location">Where the value goes; the body for an Encoding Object, which takes the styles of a
    /// query.</param>
    /// <param name="findings">Told of a style that the location does not have.</param>
    internal static SerializationStyle Read(Node node, ArgumentLocation location, ImportFindings findings)
    {
        var name = JsonRead.Text(node.Element, "style"u8);
        var explode = JsonRead.Bool(node.Element, "explode"u8);
        var isQuery = location is ArgumentLocation.Query or ArgumentLocation.Body;
        switch (name)
        {
            case null:
                return new SerializationStyle(null, explode, ArrayDelimiter.Comma);
            case "simple" when location is ArgumentLocation.Path or ArgumentLocation.Header:
            case "form" when location is ArgumentLocation.Cookie || isQuery:
                return new SerializationStyle(null, explode, ArrayDelimiter.Comma);
            case "label" when location == ArgumentLocation.Path:
                return new SerializationStyle(ParameterStyle.Label, explode, ArrayDelimiter.Comma);
            case "matrix" when location == ArgumentLocation.Path:
                return new SerializationStyle(ParameterStyle.Matrix, explode, ArrayDelimiter.Comma);
            case "cookie" when location == ArgumentLocation.Cookie:
                return new SerializationStyle(ParameterStyle.Cookie, explode, ArrayDelimiter.Comma);
            // The exploded form has no delimiter left: it is that of `form`. False is these styles' own default.
            case "spaceDelimited" when isQuery:
                return new SerializationStyle(ParameterStyle.Form, explode ?? false, ArrayDelimiter.Space);
            case "pipeDelimited" when isQuery:
                return new SerializationStyle(ParameterStyle.Form, explode ?? false, ArrayDelimiter.Pipe);
            // Explode has no effect here (3.2 section 4.12.2.2.2), whatever the document says.
            case "deepObject" when isQuery:
                return new SerializationStyle(ParameterStyle.DeepObject, null, ArrayDelimiter.Comma);
            default:
                findings.Warn(
                    ImportRules.ParameterStyle,
                    node,
                    $"The style '{name}' does not exist for a value in {Word(location)}; the default of the "
                        + $"location is used."
                );
                return new SerializationStyle(null, explode, ArrayDelimiter.Comma);
        }
    }

    /// <summary>
    /// <c>collectionFormat</c> of OpenAPI 2.0 (Parameter Object and Items Object); says something about arrays only.
    /// </summary>
    internal static SerializationStyle OfCollectionFormat(Node node, ArgumentLocation location, ImportFindings findings)
    {
        if (JsonRead.Text(node.Element, "type"u8) != "array")
            return default;
        // Values of queries, cookies and forms are exploded by default in the manifest, the others are not.
        bool? together = location is ArgumentLocation.Path or ArgumentLocation.Header ? null : false;
        var format = JsonRead.Text(node.Element, "collectionFormat"u8);
        var isMulti = format == "multi" && location is (ArgumentLocation.Query or ArgumentLocation.Body);
        return new SerializationStyle(
            null,
            isMulti ? null : together,
            isMulti ? default : DelimiterOf(node, format, Word(location), findings)
        )
        {
            Items = ItemsOf(node, findings),
        };
    }

    private static ArrayItems? ItemsOf(Node array, ImportFindings findings)
    {
        if (array.Object("items") is not { } items || JsonRead.Text(items.Element, "type"u8) != "array")
            return null;
        var format = JsonRead.Text(items.Element, "collectionFormat"u8);
        return new ArrayItems(DelimiterOf(items, format, "an array", findings), ItemsOf(items, findings));
    }

    private static ArrayDelimiter DelimiterOf(Node node, string? format, string owner, ImportFindings findings)
    {
        switch (format)
        {
            case null or "csv":
                return ArrayDelimiter.Comma;
            case "ssv":
                return ArrayDelimiter.Space;
            case "tsv":
                return ArrayDelimiter.Tab;
            case "pipes":
                return ArrayDelimiter.Pipe;
            default:
                findings.Warn(
                    ImportRules.ParameterStyle,
                    node,
                    $"The collectionFormat '{format}' does not exist for a value in {owner}; csv is used."
                );
                return ArrayDelimiter.Comma;
        }
    }

    private static string Word(ArgumentLocation location) =>
        location == ArgumentLocation.Body ? "a form" : location.ToString().ToLowerInvariant();
}
