using McpRuntime.Cmdlets.Commands.Model;

namespace McpRuntime.Cmdlets.Commands.Emission;

/// <summary>
/// The last check of names before they become classes and parameters. What makes them has its own rules; a fault there
/// must not become an assembly with other commands than a user was shown.
/// </summary>
internal static class EmissionNames
{
    /// <exception cref="ArgumentException">A name is not one, or two commands or parameters have the same.</exception>
    public static void Check(string name, IReadOnlyList<CommandModel> commands)
    {
        if (!name.Split('.').All(part => part.Length > 0 && part.All(IsPartOfWord)))
            throw new ArgumentException($"'{name}' is not a name of a module.", nameof(name));
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var command in commands)
        {
            if (!command.Verb.All(char.IsAsciiLetter) || command.Verb.Length == 0 || !IsWord(command.Noun))
                throw new ArgumentException($"'{command.Name}' is not a name of a command.", nameof(commands));
            if (!names.Add(command.Name))
                throw new ArgumentException($"Two commands are called '{command.Name}'.", nameof(commands));
            var parameters = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var parameter in command.Parameters)
            {
                if (!IsParameter(parameter.Name) || !parameters.Add(parameter.Name))
                    throw new ArgumentException(
                        $"'{command.Name}' cannot have the parameter '{parameter.Name}', or has it twice.",
                        nameof(commands)
                    );
            }
        }
    }

    private static bool IsWord(string text) => text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(IsPartOfWord);

    private static bool IsPartOfWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    // As PowerShell's tokenizer reads one.
    private static bool IsParameter(string text) =>
        text.Length > 0
        && (char.IsLetter(text[0]) || text[0] == '_')
        && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '-');
}
