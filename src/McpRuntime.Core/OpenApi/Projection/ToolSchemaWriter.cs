using System.Text.Json;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Schemas;

namespace McpRuntime.OpenApi.Projection;

/// <summary>
/// Writes the schemas of a tool: those of arguments in the forms that the manifest defines, and that of its answers.
/// </summary>
internal sealed class ToolSchemaWriter(SchemaWriter schemas)
{
    private const string FileHint = "A file: its content as text or base64.";

    private readonly ParseCache<SchemaFragment> _parameters = new();

    internal Found<WrittenTool> Write(ToolShape tool)
    {
        var findings = new ImportFindings();
        var arguments = new SchemaFragment[tool.Arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
            arguments[i] = Take(Fragment(tool.Arguments[i]));
        var output = tool.Output.Schemas.Count == 0 ? null : Take(Output(tool.Output.Schemas));
        return findings.With(new WrittenTool(tool, arguments, output));

        SchemaFragment Take(Found<SchemaFragment> fragment)
        {
            findings.AddAll(fragment.Findings);
            return fragment.Value;
        }
    }

    // What the text of a Parameter Object says is written once, and what is found in it is found in each of its places.
    private Found<SchemaFragment> Fragment(ToolArgument argument)
    {
        if (argument.Schema is not { Shape: ArgumentShape.Schema, Parameter: { } parameter })
            return Written(argument.Schema);
        var found = _parameters.Get(parameter.Origin, _ => Written(argument.Schema));
        return found with { Findings = ImportFinding.Moved(found.Findings, parameter.Origin, argument.Origin) };
    }

    private Found<SchemaFragment> Written(ArgumentSchema argument)
    {
        Write(argument);
        return schemas.Complete();
    }

    private Found<SchemaFragment> Output(IReadOnlyList<Node> answers)
    {
        if (answers.Count == 1)
            schemas.Write(answers[0], SchemaDirection.Output, SchemaOverlay.None);
        else
        {
            schemas.Json.WriteStartObject();
            schemas.Json.WriteStartArray("anyOf"u8);
            foreach (var answer in answers)
                schemas.Write(answer, SchemaDirection.Output, SchemaOverlay.None);
            schemas.Json.WriteEndArray();
            schemas.Json.WriteEndObject();
        }
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
