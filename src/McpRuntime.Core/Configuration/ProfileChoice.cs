namespace McpRuntime.Configuration;

/// <summary>
/// Which of several accounts the calls of a connector use: <c>work</c> for all connectors, or
/// <c>box=work,github=me</c>.
/// </summary>
public sealed class ProfileChoice : IEquatable<ProfileChoice>
{
    private readonly Dictionary<string, string> _byConnector = new(StringComparer.Ordinal);
    private readonly string _text;
    private string? _all;

    private ProfileChoice(string text) => _text = text;

    /// <summary>Nothing is chosen.</summary>
    public static ProfileChoice None { get; } = new("");

    /// <summary>The profile of a connector; null where none is chosen.</summary>
    public string? Of(string connector) => _byConnector.GetValueOrDefault(connector, _all!);

    /// <summary>Reads names, separated by commas.</summary>
    /// <param name="text">As described; empty chooses nothing.</param>
    /// <exception cref="FormatException">A part is not a name or <c>connector=name</c>.</exception>
    public static ProfileChoice Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return None;
        var choice = new ProfileChoice(text);
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var at = part.LastIndexOf('=');
            var name = part[(at + 1)..].Trim();
            if (!IsName(name) || at == 0)
                throw new FormatException(
                    $"'{part}' is not a profile. Write a name such as work for all connectors, or box=work,github=me; "
                        + $"names have letters, digits, '-', '_', '.' and '@'."
                );
            if (at < 0)
                choice._all = name;
            else
                choice._byConnector[part[..at].Trim()] = name;
        }
        return choice;
    }

    /// <summary>Whether both were read from the same text.</summary>
    public bool Equals(ProfileChoice? other) => other?._text == _text;

    public override bool Equals(object? obj) => Equals(obj as ProfileChoice);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_text);

    public override string ToString() => _text;

    /// <summary>A profile's name: 1 to 64 letters, digits, <c>-</c>, <c>_</c>, <c>.</c> and <c>@</c>.</summary>
    public static bool IsName(string? name) =>
        name is { Length: > 0 and <= 64 }
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '@');
}
