using System.Globalization;
using System.Text;

namespace McpRuntime.Commands;

/// <summary>
/// Names of PowerShell parameters for the arguments of a tool: <c>per_page</c> is <c>PerPage</c>,
/// <c>X-GitHub-Api-Version</c> is <c>XGitHubApiVersion</c>. PowerShell does not distinguish case.
/// </summary>
public static class ParameterNaming
{
    /// <summary>What a name gets that PowerShell or the command itself has taken.</summary>
    public const string Suffix = "Value";

    /// <summary>
    /// A name for each argument, whatever their order is: ASCII letters and digits after an upper-case letter, unique.
    /// </summary>
    /// <param name="arguments">Names of arguments, each once.</param>
    /// <param name="isTaken">Whether a parameter of that name exists already.</param>
    /// <returns>By argument, in the order given; null where a name has neither an ASCII letter nor a digit.</returns>
    public static IReadOnlyDictionary<string, string?> Of(IEnumerable<string> arguments, Func<string, bool> isTaken)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(isTaken);
        var names = new OrderedDictionary<string, string?>(StringComparer.Ordinal);
        foreach (var argument in arguments)
            names.TryAdd(argument, Pascal(argument));
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var argument in names.Keys.Order(StringComparer.Ordinal).ToList())
        {
            if (names[argument] is { } name)
                names[argument] = Free(name, used, isTaken);
        }
        return names;
    }

    // The argument's own spelling shows where words begin: createdAt, X-GitHub-Api-Version, created[gte].
    private static string? Pascal(string argument)
    {
        var name = new StringBuilder(argument.Length);
        var start = 0;
        for (var i = 0; i <= argument.Length; i++)
        {
            if (i < argument.Length && char.IsAsciiLetterOrDigit(argument[i]))
                continue;
            Append(name, argument.AsSpan(start, i - start));
            start = i + 1;
        }
        if (name.Length == 0)
            return null;
        // A token such as -2fa is a number or a text to PowerShell.
        return char.IsAsciiDigit(name[0]) ? Suffix + name : name.ToString();
    }

    private static void Append(StringBuilder name, ReadOnlySpan<char> word)
    {
        if (word.IsEmpty)
            return;
        name.Append(char.ToUpperInvariant(word[0]));
        var isShouted = word.Length > 1 && !word.ContainsAnyInRange('a', 'z');
        foreach (var letter in word[1..])
            name.Append(isShouted ? char.ToLowerInvariant(letter) : letter);
    }

    private static string Free(string name, HashSet<string> used, Func<string, bool> isTaken)
    {
        if (!isTaken(name) && used.Add(name))
            return name;
        var stem = isTaken(name) ? name + Suffix : name;
        for (var number = 1; ; number++)
        {
            var candidate = number == 1 ? stem : stem + number.ToString(CultureInfo.InvariantCulture);
            if (!isTaken(candidate) && used.Add(candidate))
                return candidate;
        }
    }
}
