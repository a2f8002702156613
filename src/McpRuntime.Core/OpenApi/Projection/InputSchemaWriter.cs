using System.Text.Json;
using McpRuntime.OpenApi.Schemas;

namespace McpRuntime.OpenApi.Projection;

/// <summary>Writes a tool's input: a plain object at the root, which is what every client takes.</summary>
internal sealed class InputSchemaWriter(SchemaWriter schemas)
{
    private const string FileHint = "A file: its content as text or base64.";

    internal SchemaFragment Write(IReadOnlyList<InputArgument> arguments)
    {
        WriteObject(arguments, null);
        return schemas.Complete();
    }

    private void WriteObject(IReadOnlyList<InputArgument> arguments, string? description)
    {
        var json = schemas.Json;
        json.WriteStartObject();
        json.WriteString("type"u8, "object"u8);
        if (description is not null)
            json.WriteString("description"u8, description);
        json.WriteStartObject("properties"u8);
        var hasRequired = false;
        foreach (var argument in arguments)
        {
            json.WritePropertyName(argument.Name);
            WriteArgument(argument);
            hasRequired |= argument.IsRequired;
        }
        json.WriteEndObject();
        if (hasRequired)
        {
            json.WriteStartArray("required"u8);
            foreach (var argument in arguments)
            {
                if (argument.IsRequired)
                    json.WriteStringValue(argument.Name);
            }
            json.WriteEndArray();
        }
        json.WriteBoolean("additionalProperties"u8, false);
        json.WriteEndObject();
    }

    private void WriteArgument(InputArgument argument)
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
                schemas.Write(argument.Schema!.Value, SchemaDirection.Input, default);
                schemas.Json.WriteEndObject();
                break;
            case ArgumentShape.Object:
                WriteObject(argument.Properties, description);
                break;
        }
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
