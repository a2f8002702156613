using System.Text;

namespace McpRuntime.OpenApi.Examples;

/// <summary>
/// The JSON text of arguments in their order: those that are needed, and of the others what is short.
/// </summary>
internal sealed class ArgumentsText
{
    /// <summary>Characters of the longest text.</summary>
    internal const int MostLength = 400;

    private readonly List<Member> _members = [];

    /// <param name="name">Needs no escape, as names of arguments do not (ArgumentNamer).</param>
    /// <param name="value">JSON text.</param>
    /// <param name="isNeeded">It is not left out.</param>
    internal void Add(string name, string value, bool isNeeded) =>
        _members.Add(new Member($"\"{name}\":{value}") { IsKept = isNeeded });

    /// <summary>The text; null where it would be empty or too long.</summary>
    internal string? ToJson()
    {
        var length = 1;
        foreach (var member in _members)
            length += member.IsKept ? member.Text.Length + 1 : 0;
        if (length > MostLength)
            return null;
        while (NextShortest() is { } next && length + next.Text.Length + 1 <= MostLength)
        {
            next.IsKept = true;
            length += next.Text.Length + 1;
        }
        var json = new StringBuilder(length + 1);
        foreach (var member in _members)
        {
            if (member.IsKept)
                json.Append(json.Length == 0 ? '{' : ',').Append(member.Text);
        }
        return json.Length == 0 ? null : json.Append('}').ToString();
    }

    private Member? NextShortest()
    {
        Member? shortest = null;
        foreach (var member in _members)
        {
            if (!member.IsKept && (shortest is null || member.Text.Length < shortest.Text.Length))
                shortest = member;
        }
        return shortest;
    }

    private sealed class Member(string text)
    {
        internal string Text => text;

        internal bool IsKept { get; set; }
    }
}
