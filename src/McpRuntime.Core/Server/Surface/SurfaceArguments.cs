using System.Text.Json;
using McpRuntime.Diagnostics;

namespace McpRuntime.Server.Surface;

/// <summary>Reads the arguments of the search tools. All that is wrong with them is one message.</summary>
internal sealed class SurfaceArguments
{
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private readonly List<string> _faults = [];

    public SurfaceArguments(JsonElement arguments, params string[] names)
        : this(
            arguments.EnumerateObject().Select(argument => KeyValuePair.Create(argument.Name, argument.Value)),
            names
        ) { }

    public SurfaceArguments(IEnumerable<KeyValuePair<string, JsonElement>> arguments, params string[] names)
    {
        foreach (var (name, value) in arguments)
        {
            if (!names.Contains(name))
                _faults.Add(
                    $"There is no argument "
                        + $"'{UntrustedText.ForTerminal(name)}'."
                        + $"{NearNames.DidYouMean(name, names)} This tool takes {string.Join(", ", names)}."
                );
            else if (value.ValueKind != JsonValueKind.Null)
                _values[name] = value;
        }
    }

    /// <summary>What is wrong; null for nothing.</summary>
    public string? Fault => _faults.Count == 0 ? null : string.Join(' ', _faults);

    /// <summary>A string; null where there is none, or an empty one.</summary>
    public string? Text(string name)
    {
        if (!_values.TryGetValue(name, out var value))
            return null;
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
        Wrong(name, "a string");
        return null;
    }

    public T? Choice<T>(string name, params (string Word, T Value)[] choices)
        where T : struct
    {
        if (Text(name) is not { } text)
            return null;
        foreach (var (word, value) in choices)
        {
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase))
                return value;
        }
        Wrong(name, $"one of {string.Join(", ", choices.Select(choice => choice.Word))}");
        return null;
    }

    public int? Whole(string name, int least, int most)
    {
        if (!_values.TryGetValue(name, out var value))
            return null;
        if (
            value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var number)
            && number >= least
            && number <= most
        )
            return number;
        Wrong(name, $"a whole number from {least} to {most}");
        return null;
    }

    public bool Flag(string name)
    {
        if (!_values.TryGetValue(name, out var value))
            return false;
        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Wrong(name, "true or false");
        return value.ValueKind == JsonValueKind.True;
    }

    /// <summary>Strings; one alone counts as a list of it.</summary>
    public IReadOnlyList<string> Texts(string name, int most)
    {
        if (!_values.TryGetValue(name, out var value))
        {
            Wrong(name, "a list of strings");
            return [];
        }
        if (value.ValueKind == JsonValueKind.String)
            return [value.GetString()!];
        if (
            value.ValueKind == JsonValueKind.Array
            && value.GetArrayLength() is > 0 and var count
            && count <= most
            && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
        )
            return [.. value.EnumerateArray().Select(item => item.GetString()!)];
        Wrong(name, $"a list of 1 to {most} strings");
        return [];
    }

    /// <summary>Notes that an argument cannot be used.</summary>
    public void Refuse(string name, string why) => _faults.Add($"The argument '{name}' {why}.");

    private void Wrong(string name, string needed) => _faults.Add($"The argument '{name}' must be {needed}.");
}
