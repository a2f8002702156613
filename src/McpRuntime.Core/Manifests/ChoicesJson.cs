using System.Text.Json;

namespace McpRuntime.Manifests;

/// <summary>Reads and writes <c>source.choices</c>.</summary>
internal static class ChoicesJson
{
    private static readonly string[] Keys =
    [
        "include_paths",
        "exclude_paths",
        "include_tags",
        "exclude_tags",
        "include_operations",
        "methods",
        "read_only",
        "skip_deprecated",
        "max_tools",
        "base_url",
        "strict",
    ];

    public static ImportChoices Read(ManifestFields fields, JsonElement value)
    {
        var choices = ImportChoices.None;
        if (value.ValueKind == JsonValueKind.Null || !fields.Enter(value, JsonValueKind.Object))
            return choices;
        foreach (var property in value.EnumerateObject())
            choices = Read(fields, choices, fields.At(property), property.Value);
        fields.Leave();
        return choices;
    }

    public static void Write(ManifestJsonWriter writer, ImportChoices choices)
    {
        if (choices.IsEmpty)
            return;
        writer.Key("choices");
        writer.BeginObject();
        writer.Member("include_paths", choices.IncludePaths);
        writer.Member("exclude_paths", choices.ExcludePaths);
        writer.Member("include_tags", choices.IncludeTags);
        writer.Member("exclude_tags", choices.ExcludeTags);
        writer.Member("include_operations", choices.IncludeOperations);
        writer.Member("methods", choices.Methods);
        writer.Flag("read_only", choices.ReadOnly);
        writer.Flag("skip_deprecated", choices.SkipDeprecated);
        writer.Member("max_tools", (long?)choices.MaxTools);
        writer.Member("base_url", choices.BaseUrl);
        writer.Flag("strict", choices.Strict);
        writer.EndObject();
    }

    private static ImportChoices Read(ManifestFields fields, ImportChoices choices, string name, JsonElement value)
    {
        switch (name)
        {
            case "include_paths":
                return choices with { IncludePaths = fields.Texts(value) };
            case "exclude_paths":
                return choices with { ExcludePaths = fields.Texts(value) };
            case "include_tags":
                return choices with { IncludeTags = fields.Texts(value) };
            case "exclude_tags":
                return choices with { ExcludeTags = fields.Texts(value) };
            case "include_operations":
                return choices with { IncludeOperations = fields.Texts(value) };
            case "methods":
                return choices with { Methods = fields.Texts(value) };
            case "read_only":
                return choices with { ReadOnly = fields.Flag(value) ?? false };
            case "skip_deprecated":
                return choices with { SkipDeprecated = fields.Flag(value) ?? false };
            case "max_tools":
                return choices with { MaxTools = (int?)fields.Whole(value, 1, int.MaxValue) };
            case "base_url":
                return choices with { BaseUrl = fields.Text(value) };
            case "strict":
                return choices with { Strict = fields.Flag(value) ?? false };
            default:
                fields.Unknown(name, "'choices'", Keys);
                return choices;
        }
    }
}
