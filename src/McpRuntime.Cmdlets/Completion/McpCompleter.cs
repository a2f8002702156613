using System.Buffers;
using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace McpRuntime.Cmdlets.Completion;

/// <summary>Completes from a list of names: any case, quoted where PowerShell needs it, and never with an error.</summary>
public abstract class McpCompleter : IArgumentCompleter
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.~/");

    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            var word = (wordToComplete ?? "").Trim('\'', '"');
            return [.. Candidates(fakeBoundParameters ?? new Hashtable())
                .Where(candidate => candidate.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                .Select(candidate => new CompletionResult(
                    Quote(candidate.Text), candidate.Text, CompletionResultType.ParameterValue, candidate.ToolTip is { Length: > 0 } tip ? tip : candidate.Text))];
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A person is typing: no completion is better than an error message in the middle of a line.
            return [];
        }
    }

    /// <param name="bound">What the line says for other parameters.</param>
    private protected abstract IEnumerable<(string Text, string? ToolTip)> Candidates(IDictionary bound);

    /// <summary>The value of another parameter as text; null where the line has none.</summary>
    private protected static string? Bound(IDictionary bound, string parameter) => bound[parameter] switch
    {
        string text => text,
        object?[] { Length: > 0 } list => list[0]?.ToString(),
        _ => null,
    };

    private static string Quote(string text) =>
        !text.AsSpan().ContainsAnyExcept(Plain)
            ? text
            : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
