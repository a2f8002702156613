using System.Collections;
using System.Management.Automation.Language;
using McpRuntime.Cmdlets.Parameters;

namespace McpRuntime.Cmdlets.Completion;

/// <summary>A line that is being typed.</summary>
/// <param name="Parameter">The parameter whose value is completed.</param>
/// <param name="Word">What there is of the value, without quotes.</param>
/// <param name="Command">The command; null where PowerShell has none.</param>
/// <param name="Bound">What the line says for other parameters.</param>
internal sealed record CompletionLine(string Parameter, string Word, CommandAst? Command, IDictionary Bound)
{
    /// <summary>The text begins with the word, whatever the case, and is one that a command line can hold.</summary>
    public bool IsBegunBy(string text) =>
        text.StartsWith(Word, StringComparison.OrdinalIgnoreCase) && PowerShellText.IsPrintable(text);
}
