using System.Management.Automation;
using System.Text.Json;
using McpRuntime.Cmdlets.Parameters;

namespace McpRuntime.Cmdlets.Completion;

/// <summary>The values that the schema of a tool's argument lists, also for the items of a list.</summary>
public sealed class ChoiceCompleter : McpCompleter
{
    private protected override IEnumerable<CompletionResult> Complete(CompletionLine line) =>
        (OfferedArguments.Current.Find(line.Parameter)?.Choices.Values ?? []).SelectMany(value =>
            Complete(line, value)
        );

    private static IEnumerable<CompletionResult> Complete(CompletionLine line, JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (text.Length > 0 && line.IsBegunBy(text) && PowerShellText.Scalar(value) is { } code)
            yield return Result(code, text, null);
    }
}
