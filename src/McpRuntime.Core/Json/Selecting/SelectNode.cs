using System.IO.Enumeration;
using System.Text;
using System.Text.Json;

namespace McpRuntime.Json.Selecting;

/// <summary>
/// A place in an answer that a selection names, and the members below it that it names. Items of a list are at the
/// place of the list.
/// </summary>
internal sealed class SelectNode
{
    private readonly List<SelectNode> _members = [];
    private byte[] _utf8 = [];
    private bool _isPattern;

    /// <summary>Of the member; empty for the answer itself.</summary>
    public string Name { get; private init; } = "";

    /// <summary>Among all of the selection, from 0 for the answer itself.</summary>
    public int Number { get; private init; }

    public IReadOnlyList<SelectNode> Members => _members;

    /// <summary>It is left out.</summary>
    public bool IsDropped { get; set; }

    /// <summary>All that is below it is kept, except for what is left out.</summary>
    public bool IsWhole { get; set; }

    /// <summary>It, or something below it, is asked for.</summary>
    public bool IsWanted { get; set; }

    /// <summary>It stands for any name that fits, so that its absence is no mistake.</summary>
    public bool IsPattern => _isPattern;

    /// <summary>The value is kept as it is.</summary>
    public bool IsCopied { get; private set; }

    /// <summary>Members that are not named are kept.</summary>
    public bool KeepsOthers { get; private set; }

    /// <summary>The member of a name, made where there is none.</summary>
    public SelectNode Member(string name, bool isPattern, ref int count)
    {
        var known = _members.Find(member => member.Name == name && member._isPattern == isPattern);
        if (known is not null)
            return known;
        var added = new SelectNode
        {
            Name = name,
            Number = ++count,
            _utf8 = Encoding.UTF8.GetBytes(name),
            _isPattern = isPattern,
        };
        _members.Add(added);
        return added;
    }

    /// <summary>Works out what does not depend on an answer; after it nothing is added.</summary>
    public void Finish()
    {
        KeepsOthers = IsWhole || !_members.Exists(member => member.IsWanted);
        var drops = false;
        foreach (var member in _members)
        {
            if (IsWhole && !member.IsDropped)
                member.IsWhole = member.IsWanted = true;
            member.Finish();
            drops |= member.IsDropped || !member.IsCopied;
        }
        IsCopied = !IsDropped && KeepsOthers && !drops;
    }

    /// <summary>
    /// What the selection says of the member whose name the reader is at: null where it names none that fits. What is
    /// left out wins, then the exact name.
    /// </summary>
    public SelectNode? Find(ref Utf8JsonReader reader)
    {
        SelectNode? found = null;
        string? text = null;
        foreach (var member in _members)
        {
            var fits = member._isPattern
                ? FileSystemName.MatchesSimpleExpression(member.Name, text ??= reader.GetString()!, ignoreCase: false)
                : reader.ValueTextEquals(member._utf8);
            if (!fits)
                continue;
            if (member.IsDropped)
                return member;
            if (found is null || (found._isPattern && !member._isPattern))
                found = member;
        }
        return found;
    }

    /// <summary>Whether the selection keeps something of the member.</summary>
    public bool Keeps(SelectNode? member) =>
        member is null ? KeepsOthers : !member.IsDropped && (KeepsOthers || member.IsWanted);
}
