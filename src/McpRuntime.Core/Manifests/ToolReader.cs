using System.Text.Json;
using McpRuntime.Configuration;
using McpRuntime.Json;

namespace McpRuntime.Manifests;

/// <summary>Reads one tool.</summary>
internal static class ToolReader
{
    private static readonly string[] Keys =
    [
        "name",
        "title",
        "description",
        "tags",
        "pin",
        "command",
        "endpoint",
        "arguments",
        "fixed",
        "body",
        "accept",
        "input_schema",
        "output_schema",
        "response_headers",
        "pagination",
        "annotations",
        "security",
        "limits",
        "answer",
        "argument_check",
        "server",
        "imported_text",
        "imported_schema",
        "auth",
    ];

    private static readonly string[] HintKeys = ["read_only", "destructive", "idempotent", "open_world"];

    public static ToolManifest Read(ManifestFields fields, JsonElement value)
    {
        var tool = new ToolManifest
        {
            Name = "",
            Endpoint = "",
            InputSchema = JsonText.Null,
        };
        if (!fields.Enter(value, JsonValueKind.Object))
            return tool;
        var (hasName, hasEndpoint, hasInput) = (false, false, false);
        foreach (var property in value.EnumerateObject())
        {
            var member = property.Value;
            switch (fields.At(property))
            {
                case "name":
                    hasName = true;
                    tool = tool with { Name = fields.Needed(member) };
                    break;
                case "endpoint":
                    hasEndpoint = true;
                    tool = tool with { Endpoint = fields.Needed(member) };
                    break;
                case "input_schema":
                    hasInput = true;
                    tool = tool with { InputSchema = fields.Schema(member, allowsBoolean: false) ?? JsonText.Null };
                    break;
                default:
                    tool = ReadOptional(fields, tool, property.Name, member);
                    break;
            }
        }
        ReportMissing(fields, "name", hasName, tool.Name);
        ReportMissing(fields, "endpoint", hasEndpoint, tool.Name);
        ReportMissing(fields, "input_schema", hasInput, tool.Name);
        fields.Leave();
        return tool;
    }

    private static ToolManifest ReadOptional(ManifestFields fields, ToolManifest tool, string name, JsonElement value)
    {
        switch (name)
        {
            case "title":
                return tool with { Title = fields.Text(value) };
            case "description":
                return tool with { Description = fields.Text(value) };
            case "tags":
                return tool with { Tags = fields.Texts(value) };
            case "pin":
                return tool with { Pin = fields.Flag(value) ?? false };
            case "command":
                return tool with { Command = ReadCommand(fields, value) };
            case "arguments":
                return tool with { Arguments = BindingReader.ReadArguments(fields, value) };
            case "fixed":
                return tool with { Fixed = BindingReader.ReadFixed(fields, value) };
            case "body":
                return tool with { Body = BodyReader.Read(fields, value) };
            case "accept":
                return tool with { Accept = fields.Text(value) };
            case "output_schema":
                return value.ValueKind == JsonValueKind.Null
                    ? tool
                    : tool with
                    {
                        OutputSchema = fields.Schema(value, allowsBoolean: true),
                    };
            case "response_headers":
                return tool with { ResponseHeaders = fields.Texts(value) };
            case "pagination":
                return tool with { Pagination = PaginationReader.Read(fields, value) };
            case "annotations":
                return tool with { Annotations = ReadHints(fields, value) };
            case "security":
                return tool with { Security = SecurityReader.ReadRequirements(fields, value) };
            case "limits":
                return tool with { Limits = LimitsReader.Read(fields, value) };
            case "answer":
                return tool with { Answer = AnswerRulesReader.Read(fields, value) };
            case "argument_check":
                return tool with { ArgumentCheck = (ArgumentCheck?)fields.Word(value, ManifestWords.ArgumentChecks) };
            case "server":
                return tool with { Server = fields.Text(value) };
            case "imported_text":
                return tool with { ImportedText = fields.Text(value) };
            case "imported_schema":
                return tool with { ImportedSchema = fields.Text(value) };
            case "auth":
                return tool with { Auth = SecurityReader.ReadLegacyAuth(fields, value) };
            default:
                fields.Unknown(name, "a tool", Keys);
                return tool;
        }
    }

    private static CommandName? ReadCommand(ManifestFields fields, JsonElement value)
    {
        if (fields.Text(value) is not { } text)
            return null;
        if (CommandName.TryParse(text, out var name, out var problem))
            return name;
        fields.Error(ManifestRules.CommandName, problem);
        return null;
    }

    private static void ReportMissing(ManifestFields fields, string key, bool isThere, string tool)
    {
        if (isThere)
            return;
        fields.Missing(key, tool.Length == 0 ? "A tool" : $"The tool '{tool}'");
    }

    private static ToolHints ReadHints(ManifestFields fields, JsonElement value)
    {
        var hints = ToolHints.None;
        if (value.ValueKind == JsonValueKind.Null || !fields.Enter(value, JsonValueKind.Object))
            return hints;
        foreach (var property in value.EnumerateObject())
        {
            switch (fields.At(property))
            {
                case "read_only":
                    hints = hints with { ReadOnly = fields.Flag(property.Value) };
                    break;
                case "destructive":
                    hints = hints with { Destructive = fields.Flag(property.Value) };
                    break;
                case "idempotent":
                    hints = hints with { Idempotent = fields.Flag(property.Value) };
                    break;
                case "open_world":
                    hints = hints with { OpenWorld = fields.Flag(property.Value) };
                    break;
                default:
                    fields.Unknown(property.Name, "'annotations'", HintKeys);
                    break;
            }
        }
        fields.Leave();
        return hints;
    }
}
