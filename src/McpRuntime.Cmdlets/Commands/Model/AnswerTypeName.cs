using McpRuntime.Cmdlets.Tools;
using McpRuntime.Cmdlets.Values;

namespace McpRuntime.Cmdlets.Commands.Model;

/// <summary>Names of the types that answers have in PowerShell: <c>McpRuntime.Github.Issue</c>.</summary>
internal static class AnswerTypeName
{
    /// <param name="schema">Of the objects.</param>
    /// <param name="prefix">See <see cref="ModuleName"/>.</param>
    /// <param name="tool">Names them where the schema has no name.</param>
    public static string Of(ValueSchema schema, string prefix, McpTool tool)
    {
        var name = new string([.. (schema.DefinitionName ?? tool.Name).Where(char.IsAsciiLetterOrDigit)]);
        return name.Length == 0 ? prefix : $"{prefix}.{char.ToUpperInvariant(name[0])}{name[1..]}";
    }

    /// <summary>Of an answer as a whole; null where its schema is not known.</summary>
    public static string? OfAnswer(McpTool tool, string prefix) =>
        tool.Output is { } schema ? Of(ValueSchema.Of(schema), prefix, tool) : null;
}
