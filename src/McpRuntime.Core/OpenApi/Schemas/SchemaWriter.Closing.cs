using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>Objects that forbid properties, alone and in compositions.</summary>
internal sealed partial class SchemaWriter
{
    // Members of a composition know what the whole may have, and are closed with it.
    private void ReadClosing(JsonElement schema, in SchemaShape shape, SchemaOverlay overlay)
    {
        if (overlay.IsOpen)
        {
            _closing = ClosedComposition.All;
            return;
        }
        _closing = null;
        if (
            !shape.IsObjectComposed
            && !(
                shape.Has(SchemaKeyword.AdditionalProperties)
                && (shape.Has(SchemaKeyword.Required) || shape.Has(SchemaKeyword.Discriminator))
            )
        )
            return;
        if (ClosedComposition.Of(schema, _resource, _access.Resolver, _pointer) is not { } closing)
            return;
        _closing = closing;
        _known ??= closing.Known;
        if (closing.Message is { } message)
            Report(message, rule: ImportRules.SchemaRepair);
    }

    private bool Opens(JsonProperty property, int index) =>
        _closing is { } closing && closing.Opens(SchemaKeywords.Of(property), index);

    // The keyword is left out: it forbids what other schemas of the object describe, or is written at the end.
    private bool IsOpened(SchemaKeyword keyword, JsonElement value) =>
        keyword switch
        {
            SchemaKeyword.AdditionalProperties => _closing!.OpensItself && ClosedComposition.Restricts(value),
            SchemaKeyword.UnevaluatedProperties => _closing!.OpensAll
                ? ClosedComposition.Restricts(value)
                : (_closing.OpensItself || _closing.Closes || _closing.Additional.Count > 0)
                    && ClosedComposition.Forbids(value),
            _ => false,
        };

    private void WriteClosing()
    {
        if (_closing is { Closes: true })
            _json.WriteBoolean("unevaluatedProperties"u8, false);
        else if (_closing is { Additional: { Count: > 0 } additional })
            WriteAdditional(additional);
    }

    // Taken from the parts, which may be in other documents.
    private void WriteAdditional(IReadOnlyList<Node> schemas)
    {
        var (resource, scope, path, composition, way, closing, known) = (
            _resource,
            _scope,
            _path,
            _composition,
            _way,
            _closing,
            _known
        );
        _json.WritePropertyName("unevaluatedProperties"u8);
        if (schemas.Count > 1)
        {
            _json.WriteStartObject();
            _json.WriteStartArray("allOf"u8);
        }
        foreach (var schema in schemas)
        {
            (_resource, _scope, _path) = (schema.Resource, scope.Enter(schema.Resource), new SchemaPath(schema.Path));
            (_composition, _way, _closing, _known) = (null, SchemaWay.Part, null, null);
            WriteSchema(schema.Element, SchemaOverlay.None);
        }
        if (schemas.Count > 1)
        {
            _json.WriteEndArray();
            _json.WriteEndObject();
        }
        (_resource, _scope, _path, _composition, _way, _closing, _known) = (
            resource,
            scope,
            path,
            composition,
            way,
            closing,
            known
        );
    }

    private void ReportUnknown(string name) => Report(UnknownRequired(name), rule: ImportRules.SchemaRepair);

    internal static string UnknownRequired(string name) =>
        $"'{UntrustedText.Clean(name)}' is required, but the object may not have such a property; it is not required.";
}
