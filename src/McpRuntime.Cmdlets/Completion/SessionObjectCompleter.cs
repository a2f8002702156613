using System.Management.Automation;
using McpRuntime.Cmdlets.Parameters;

namespace McpRuntime.Cmdlets.Completion;

/// <summary>
/// What can be given for a parameter that takes an object of the session: the variables that hold such an object, and
/// for objects that no variable holds, the command that gets them.
/// </summary>
public abstract class SessionObjectCompleter : McpCompleter
{
    private protected override IEnumerable<CompletionResult> Complete(CompletionLine line)
    {
        var usable = Source.Get().Where(IsUsable).ToList();
        var held = SessionCommands
            .Variables()
            .Where(variable =>
                variable.Value is not null && usable.Contains(variable.Value) && !IsAutomatic(variable.Name)
            )
            .ToList();
        var word = line.Word.TrimStart('(', '$', '{').TrimEnd('}');
        foreach (var (name, value) in held.OrderBy(variable => variable.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (name.StartsWith(word, StringComparison.OrdinalIgnoreCase) && PowerShellText.IsPrintable(name))
                yield return Result(PowerShellText.Variable(name), $"${name}", $"{NameOf(value!)}: {Describe(value!)}");
        }
        foreach (var item in usable.Except(held.Select(variable => variable.Value!)))
        {
            var name = NameOf(item);
            var isName =
                !WildcardPattern.ContainsWildcardCharacters(name)
                && usable.Count(other => NameOf(other).Equals(name, StringComparison.OrdinalIgnoreCase)) == 1;
            var code = $"({Source.Command} {(isName ? PowerShellText.Quote(name) : $"-Id {IdOf(item)}")})";
            if (
                (
                    name.StartsWith(word, StringComparison.OrdinalIgnoreCase)
                    || code.StartsWith(line.Word, StringComparison.OrdinalIgnoreCase)
                ) && PowerShellText.IsPrintable(name)
            )
                yield return Result(code, code, Describe(item));
        }
    }

    /// <summary>The command that gets the objects.</summary>
    private protected abstract SessionSource Source { get; }

    /// <summary>An ended one is of no use.</summary>
    private protected abstract bool IsUsable(object item);

    private protected abstract string NameOf(object item);

    private protected abstract int IdOf(object item);

    private protected abstract string Describe(object item);

    private static bool IsAutomatic(string name) => name is "_" or "PSItem" or "^" or "$" or "?" or "this";
}
