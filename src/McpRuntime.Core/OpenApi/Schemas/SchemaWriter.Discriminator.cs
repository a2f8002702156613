using System.Text.Json;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Schemas;

/// <summary>
/// Choices with a discriminator. JSON Schema has no word for it, so that it stays in the manifest as OpenAPI writes it,
/// with the references of the manifest, for anyone who checks arguments: of a value that names its schema only that one
/// is judged.
/// </summary>
internal sealed partial class SchemaWriter
{
    // The branches of the choice that is written, by the reference that the document has; null where no one asks.
    private List<(string Reference, SchemaDefinition Definition)>? _branches;

    private bool WriteChoice(ReadOnlySpan<byte> keyword, JsonProperty property, in SchemaShape shape)
    {
        var outer = _branches;
        _branches = HasMapping(shape) ? [] : null;
        var isWritten = WriteSchemaArray(keyword, property, SchemaWay.Alternative);
        // Of two choices in one schema, oneOf is the one that it chooses from.
        if (
            _branches is { Count: > 0 } branches
            && !(keyword.SequenceEqual("anyOf"u8) && shape.Has(SchemaKeyword.OneOf) && shape.Has(SchemaKeyword.AnyOf))
        )
            WriteDiscriminator(shape.Discriminator, branches);
        _branches = outer;
        return isWritten;
    }

    // A branch that is a reference and nothing else leaves one reference behind.
    private void NoteBranch(JsonElement branch, int references)
    {
        if (
            _branches is not null
            && _output.References == references + 1
            && JsonRead.Text(branch, "$ref"u8) is { } reference
        )
            _branches.Add((reference, _output.LastReference));
    }

    private void WriteDiscriminator(
        JsonElement discriminator,
        List<(string Reference, SchemaDefinition Definition)> branches
    )
    {
        JsonRead.TryGetObject(discriminator, "mapping"u8, out var mapping);
        var isOpen = false;
        foreach (var entry in mapping.EnumerateObject())
        {
            if (
                JsonRead.Text(entry.Value) is not { } target
                || branches.FindIndex(branch => IsSameName(branch.Reference, target)) is var index && index < 0
            )
                continue;
            if (!isOpen)
            {
                _json.WriteStartObject("discriminator"u8);
                _json.WriteString("propertyName"u8, JsonRead.Text(discriminator, "propertyName"u8));
                _json.WriteStartObject("mapping"u8);
            }
            isOpen = true;
            WriteName(entry);
            _output.WriteReference(branches[index].Definition, SchemaWay.Part);
        }
        if (!isOpen)
            return;
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private static bool HasMapping(in SchemaShape shape) =>
        shape.Discriminator.ValueKind == JsonValueKind.Object
        && !string.IsNullOrEmpty(JsonRead.Text(shape.Discriminator, "propertyName"u8))
        && JsonRead.TryGetObject(shape.Discriminator, "mapping"u8, out var mapping)
        && mapping.GetPropertyCount() > 0;

    // OpenAPI 3.2 section 4.25.3: a mapping holds a reference, or the bare name of a schema.
    private static bool IsSameName(string reference, string target) =>
        reference == target
        || reference.AsSpan(reference.LastIndexOf('/') + 1).SequenceEqual(target.AsSpan(target.LastIndexOf('/') + 1));
}
