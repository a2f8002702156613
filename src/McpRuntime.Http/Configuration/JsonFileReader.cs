using System.Text.Json;
using McpRuntime.Diagnostics;

namespace McpRuntime.Http.Configuration;

/// <summary>
/// Reads a JSON file of the operator's. A member it does not know is a mistake: a misspelt restriction must not vanish.
/// </summary>
internal abstract class JsonFileReader
{
    private readonly List<string> _problems = [];

    /// <summary>What is wrong, all of it.</summary>
    public IReadOnlyList<string> Problems => _problems;

    protected void Object(string problem) => _problems.Add(problem);

    /// <summary>The strings of a list that has some.</summary>
    protected List<string> Texts(JsonElement value, string place)
    {
        var texts = Items(value, place).Select(item => Text(item, place)).ToList();
        // No pattern at all would let everything through, which no one means by an empty list.
        if (texts.Count == 0)
            Object($"In {place}, the list is empty; leave it out or write \"*\" to grant all.");
        return texts;
    }

    protected string Text(JsonElement value, string place)
    {
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text)
            return text;
        Object($"In {place}, a string is expected.");
        return "";
    }

    protected JsonElement.ArrayEnumerator Items(JsonElement value, string place)
    {
        if (value.ValueKind == JsonValueKind.Array)
            return value.EnumerateArray();
        Object($"In {place}, a list is expected.");
        return default;
    }

    protected IEnumerable<(string Name, JsonElement Value)> Members(JsonElement value, string place)
    {
        if (value.ValueKind == JsonValueKind.Object)
            return value.EnumerateObject().Select(member => (member.Name, member.Value));
        Object($"In {place}, an object is expected.");
        return [];
    }

    protected void Unknown(string name, string place, string known) => Unknown(name, place, known, 0);

    protected T Unknown<T>(string name, string place, string known, T otherwise)
    {
        Object($"In {place}, '{UntrustedText.Clean(name)}' is unknown; expected {known}.");
        return otherwise;
    }
}
