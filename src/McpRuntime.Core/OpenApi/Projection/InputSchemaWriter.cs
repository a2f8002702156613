using System.Text.Json;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.Schemas;

namespace McpRuntime.OpenApi.Projection;

/// <summary>Writes what an argument may be, in the forms that the manifest defines.</summary>
internal sealed class InputSchemaWriter(SchemaWriter schemas, ImportFindings findings)
{
    private const string FileHint = "A file: its content as text or base64.";

    /// <summary>The argument's schema, written once.</summary>
    internal SchemaFragment FragmentOf(ArgumentSchema argument)
    {
        if (argument.Fragment is { } known)
            return known;
        var said = findings.Said;
        argument.Fragment = Written(argument);
        if (argument.Source is { } source)
            source.IsSpokenOf |= findings.Said != said;
        return argument.Fragment;
    }

    private SchemaFragment Written(ArgumentSchema argument)
    {
        Write(argument);
        return schemas.Complete();
    }

    private void Write(ArgumentSchema argument)
    {
        var description = argument.Overlay.Description;
        switch (argument.Shape)
        {
            case ArgumentShape.Schema when argument.Schema is { } schema:
                schemas.Write(schema, SchemaDirection.Input, argument.Overlay);
                break;
            case ArgumentShape.Schema:
                WriteOpen(null, description);
                schemas.Json.WriteEndObject();
                break;
            case ArgumentShape.Text:
                WriteOpen("string", description);
                schemas.Json.WriteEndObject();
                break;
            case ArgumentShape.File:
                WriteFile(description);
                break;
            case ArgumentShape.Files:
                WriteOpen("array", description);
                schemas.Json.WritePropertyName("items"u8);
                WriteFile(null);
                schemas.Json.WriteEndObject();
                break;
            case ArgumentShape.Items:
                WriteOpen("array", description);
                schemas.Json.WritePropertyName("items"u8);
                schemas.Write(argument.Schema!.Value, SchemaDirection.Input, SchemaOverlay.None);
                schemas.Json.WriteEndObject();
                break;
            case ArgumentShape.Object:
                WriteObject(argument.Properties, description);
                break;
        }
    }

    private void WriteObject(IReadOnlyList<InputArgument> properties, string? description)
    {
        var json = schemas.Json;
        WriteOpen("object", description);
        json.WriteStartObject("properties"u8);
        var hasRequired = false;
        foreach (var property in properties)
        {
            json.WritePropertyName(property.Name);
            Write(property.Schema);
            hasRequired |= property.IsRequired;
        }
        json.WriteEndObject();
        if (hasRequired)
        {
            json.WriteStartArray("required"u8);
            foreach (var property in properties)
            {
                if (property.IsRequired)
                    json.WriteStringValue(property.Name);
            }
            json.WriteEndArray();
        }
        json.WriteBoolean("additionalProperties"u8, false);
        json.WriteEndObject();
    }

    private void WriteOpen(string? type, string? description)
    {
        schemas.Json.WriteStartObject();
        if (type is not null)
            schemas.Json.WriteString("type"u8, type);
        if (description is not null)
            schemas.Json.WriteString("description"u8, description);
    }

    // The form that the manifest defines for file arguments.
    private void WriteFile(string? description)
    {
        var json = schemas.Json;
        WriteOpen("object", description is null ? FileHint : $"{description}\n\n{FileHint}");
        json.WriteStartObject("properties"u8);
        WriteText(json, "filename"u8);
        WriteText(json, "content_type"u8);
        WriteText(json, "text"u8);
        WriteText(json, "base64"u8);
        json.WriteEndObject();
        json.WriteBoolean("additionalProperties"u8, false);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> name)
    {
        json.WriteStartObject(name);
        json.WriteString("type"u8, "string"u8);
        json.WriteEndObject();
    }
}
