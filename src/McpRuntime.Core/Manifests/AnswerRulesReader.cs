using System.Text.Json;
using McpRuntime.Json.Selecting;

namespace McpRuntime.Manifests;

/// <summary>Reads <c>answer</c>.</summary>
internal static class AnswerRulesReader
{
    private static readonly string[] Keys = ["select", "drop", "budget", "options"];

    public static AnswerRules Read(ManifestFields fields, JsonElement value)
    {
        var rules = AnswerRules.None;
        if (value.ValueKind == JsonValueKind.Null || !fields.Enter(value, JsonValueKind.Object))
            return rules;
        foreach (var property in value.EnumerateObject())
            rules = ReadMember(fields, rules, fields.At(property), property.Value);
        fields.Leave();
        return rules;
    }

    private static AnswerRules ReadMember(ManifestFields fields, AnswerRules rules, string name, JsonElement value)
    {
        switch (name)
        {
            case "select":
                return rules with { Select = Paths(fields, value, text => Selection.Read(text, null, out _)) };
            case "drop":
                return rules with { Drop = Paths(fields, value, text => Selection.Read(null, text, out _)) };
            case "budget":
                var budget = (int?)fields.Whole(value, 0, AnswerRules.LargestBudget);
                if (budget is > 0 and < AnswerRules.LeastBudget)
                    fields.Error(
                        ManifestRules.Range,
                        $"'budget' is {budget}; give 0 for no bound, or {AnswerRules.LeastBudget} tokens or more."
                    );
                return rules with { Budget = budget };
            case "options":
                return rules with { Options = fields.Flag(value) };
            default:
                fields.Unknown(name, "'answer'", Keys);
                return rules;
        }
    }

    private static string? Paths(ManifestFields fields, JsonElement value, Func<string, string?> explain)
    {
        if (fields.Text(value) is not { Length: > 0 } text)
            return null;
        if (explain(text) is { } fault)
            fields.Error(
                ManifestRules.Value,
                $"'{text}' cannot be read: {fault}. Write paths as items[].{{id,title}}."
            );
        return text;
    }
}
