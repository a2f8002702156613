using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.OpenApi.Reading;

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
        if (!shape.IsObjectComposed
            && !(shape.Has(SchemaKeyword.AdditionalProperties) && (shape.Has(SchemaKeyword.Required) || shape.Has(SchemaKeyword.Discriminator))))
            return;
        if (ClosedComposition.Of(schema, _resource, _access.Resolver) is not { } closing)
            return;
        _closing = closing;
        _known ??= closing.Known;
        if (closing.IsRepaired)
            Report(ClosedComposition.Message, rule: RepairRule);
    }

    private bool Opens(JsonProperty property, int index) =>
        _closing is { } closing && closing.Opens(SchemaKeywords.Of(property), index);

    // The keyword is left out: it forbids what other schemas of the object describe, or is written at the end.
    private bool IsOpened(SchemaKeyword keyword, JsonElement value) => keyword switch
    {
        SchemaKeyword.AdditionalProperties => _closing!.OpensItself && ClosedComposition.Forbids(value),
        SchemaKeyword.UnevaluatedProperties => (_closing!.OpensItself || _closing.Closes) && ClosedComposition.Forbids(value),
        _ => false,
    };

    private void ReportUnknown(string name) => Report(UnknownRequired(name), rule: RepairRule);

    internal static string UnknownRequired(string name) =>
        $"'{UntrustedText.Clean(name)}' is required, but the object may not have such a property; it is not required.";
}
