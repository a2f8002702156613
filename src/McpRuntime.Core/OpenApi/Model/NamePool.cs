using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace McpRuntime.OpenApi.Model;

/// <summary>Names of properties, each as one string however often a document has it.</summary>
internal sealed class NamePool
{
    private const int Longest = 64;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    internal NamePool() => _lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();

    internal string Name(JsonProperty property)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(property);
        if (raw.Length > Longest || raw.Contains((byte)'\\') || !Ascii.IsValid(raw))
            return JsonRead.Name(property);
        Span<char> text = stackalloc char[Longest];
        text = text[..Encoding.ASCII.GetChars(raw, text)];
        if (_lookup.TryGetValue(text, out var known))
            return known;
        var name = text.ToString();
        _names.Add(name);
        return name;
    }
}
