using System.CommandLine;
using System.Text;

namespace McpRuntime.ShellCompletion;

/// <summary>
/// <c>complete SHELL WORD…</c>, which the scripts run at each Tab: the words after the program up to the cursor, the
/// last one as far as it was typed; for bash the whole line and its word breaks. It prints <c>:values</c>,
/// <c>:files</c> or <c>:folders</c>, then a suggestion a line, for zsh and fish with a tab and a description, for
/// PowerShell with the quoted text before them. Whatever goes wrong, it prints no more: a user is typing.
/// </summary>
internal static class CompleteRun
{
    public static bool IsRequest(string[] arguments) =>
        arguments is ["complete", var shell, _, ..] && CompletionScript.Shells.Contains(shell);

    /// <summary>0 with suggestions or none; 1 if something is wrong.</summary>
    public static async Task<int> RunAsync(RootCommand root, string[] arguments, TextWriter output)
    {
        try
        {
            var answer =
                arguments[1] == "bash"
                    ? Bash(root, arguments[2], arguments.ElementAtOrDefault(3) ?? "")
                    : Words(root, arguments[1], arguments[2..]);
            await output.WriteAsync(answer);
            return 0;
        }
        catch (Exception)
        {
            return 1;
        }
    }

    private static string Bash(RootCommand root, string text, string breaks)
    {
        var line = BashLine.Read(text);
        var list = Suggestions.For(root, line.Before, line.Current);
        return Write(list, suggestion => line.Insert(suggestion.Value, breaks));
    }

    private static string Words(RootCommand root, string shell, string[] words)
    {
        var list = Suggestions.For(root, words[..^1], words[^1]);
        // The other shells order words themselves, or show them as they are.
        if (shell == "fish" && !list.Values.Any(suggestion => suggestion.Value.EndsWith('=')))
            list = list with
            {
                Values = [.. list.Values.OrderBy(suggestion => suggestion.Value, StringComparer.Ordinal)],
            };
        return Write(list, suggestion =>
            shell == "pwsh"
                ? $"{PowerShellQuotes.Quote(suggestion.Value)}\t{suggestion.Value}\t{suggestion.Description}"
                : $"{suggestion.Value}\t{suggestion.Description}"
        );
    }

    private static string Write(SuggestionList list, Func<Suggestion, string?> line)
    {
        var text = new StringBuilder()
            .Append(':')
            .Append(
                list.Paths switch
                {
                    PathKind.Files => "files",
                    PathKind.Folders => "folders",
                    _ => "values",
                }
            )
            .Append('\n');
        foreach (var suggestion in list.Values)
        {
            if (line(suggestion) is { } written)
                text.Append(written).Append('\n');
        }
        return text.ToString();
    }
}
