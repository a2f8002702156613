using System.Collections.Frozen;

namespace McpRuntime.Cmdlets.Parameters;

/// <summary>The names of parameters for the arguments of a tool.</summary>
/// <remarks>
/// PowerShell binds a parameter of the command, an alias or an abbreviation of it before it looks at those of the tool.
/// An argument with such a name gets the suffix <c>Value</c>, or an API's <c>command</c> would be taken for the
/// command's own. Without a parameter, and given with <c>-Argument</c>: a name that PowerShell's grammar does not read
/// as a parameter, names that differ only in case, and a name whose suffixed form is another argument's name.
/// </remarks>
internal sealed class ParameterNames
{
    private const string Suffix = "Value";

    private readonly FrozenDictionary<string, OfferedArgument> _arguments;
    private readonly FrozenDictionary<string, string> _names;

    /// <param name="tool">The arguments.</param>
    /// <param name="isTaken">Whether the command binds a name itself.</param>
    public ParameterNames(ToolArguments tool, Func<string, bool> isTaken)
    {
        var counts = tool
            .All.CountBy(argument => argument.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(StringComparer.OrdinalIgnoreCase);
        var arguments = new Dictionary<string, OfferedArgument>(StringComparer.OrdinalIgnoreCase);
        foreach (var argument in tool.All)
        {
            if (counts[argument.Name] == 1 && NameFor(argument.Name, counts.ContainsKey, isTaken) is { } name)
                arguments.Add(name, argument);
        }
        _arguments = arguments.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        _names = arguments.ToFrozenDictionary(entry => entry.Value.Name, entry => entry.Key, StringComparer.Ordinal);
        // Left out, the name would be an abbreviation of another argument's: 'page' of 'pageSize'.
        Ambiguous =
        [
            .. counts
                .Where(entry => entry.Value > 1 && IsParameterName(entry.Key) && !isTaken(entry.Key))
                .Select(entry => entry.Key),
        ];
    }

    /// <summary>The arguments by the names of their parameters, whatever the case.</summary>
    public IReadOnlyDictionary<string, OfferedArgument> Arguments => _arguments;

    /// <summary>Names that several arguments have in another case.</summary>
    public IReadOnlyList<string> Ambiguous { get; }

    /// <summary>The name of an argument's parameter; null where it is given with <c>-Argument</c>.</summary>
    public string? Of(OfferedArgument argument) => _names.GetValueOrDefault(argument.Name);

    private static string? NameFor(string argument, Func<string, bool> isArgument, Func<string, bool> isTaken)
    {
        if (!IsParameterName(argument))
            return null;
        if (!isTaken(argument))
            return argument;
        var suffixed = argument + Suffix;
        return isArgument(suffixed) || isTaken(suffixed) ? null : suffixed;
    }

    // What the tokenizer reads as one parameter: '-a.b', '-a[b]' and '-$a' are something else.
    private static bool IsParameterName(string name) =>
        name.Length > 0
        && (char.IsLetter(name[0]) || name[0] == '_')
        && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-');
}
