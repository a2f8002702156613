using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using McpRuntime.Cmdlets.Parameters;

namespace McpRuntime.Cmdlets.Completion;

/// <summary>
/// Completes from a list of names: any case, quoted where PowerShell needs it, and never with an error.
/// </summary>
public abstract class McpCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    )
    {
        try
        {
            var line = new CompletionLine(
                parameterName,
                (wordToComplete ?? "").Trim('\'', '"'),
                commandAst,
                fakeBoundParameters ?? new Hashtable()
            );
            return [.. Complete(line)];
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A user is typing: no completion is better than an error message in the middle of a line.
            return [];
        }
    }

    /// <summary>The completions. Where there are none PowerShell offers none, not even names of files.</summary>
    private protected virtual IEnumerable<CompletionResult> Complete(CompletionLine line) =>
        Candidates(line.Bound)
            .Where(candidate => line.IsBegunBy(candidate.Text))
            .Select(candidate => Result(PowerShellText.Quote(candidate.Text), candidate.Text, candidate.ToolTip));

    /// <param name="bound">What the line says for other parameters.</param>
    private protected virtual IEnumerable<(string Text, string? ToolTip)> Candidates(IDictionary bound) => [];

    /// <param name="code">What is written into the line.</param>
    /// <param name="shown">What is shown in a list.</param>
    /// <param name="tip">More about it; null for no more.</param>
    private protected static CompletionResult Result(string code, string shown, string? tip) =>
        new(code, shown, CompletionResultType.ParameterValue, tip is { Length: > 0 } ? tip : shown);

    /// <summary>The value of another parameter as text; null where the line has none.</summary>
    private protected static string? Bound(IDictionary bound, string parameter) =>
        bound[parameter] switch
        {
            string text => text,
            object?[] { Length: > 0 } list => list[0]?.ToString(),
            _ => null,
        };
}
