using System.Text;
using System.Text.Json;
using McpRuntime.Documents.Json;

namespace McpRuntime.Stdio.Arguments;

/// <summary>Arguments of a call as words: <c>NAME=TEXT</c> and <c>NAME:=JSON</c>.</summary>
internal static class ArgumentPairs
{
    /// <summary>
    /// The object with those of the words added. Text is converted by the tool's schema, as that of a model is.
    /// </summary>
    /// <exception cref="ArgumentTextException">A word is neither, or its name is given twice.</exception>
    public static JsonElement Add(JsonElement arguments, IReadOnlyList<string> words)
    {
        if (words.Count == 0)
            return arguments;
        var names = arguments.EnumerateObject().Select(property => property.Name).ToHashSet(StringComparer.Ordinal);
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            foreach (var property in arguments.EnumerateObject())
                property.WriteTo(writer);
            foreach (var word in words)
                Write(writer, word, names);
            writer.WriteEndObject();
        }
        return JsonElement.Parse(bytes.ToArray());
    }

    /// <summary>The name in a word; empty where it has none.</summary>
    public static string NameOf(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? "" : word[..(IsJson(word, equals) ? equals - 1 : equals)];
    }

    private static bool IsJson(string word, int equals) => equals > 0 && word[equals - 1] == ':';

    private static void Write(Utf8JsonWriter writer, string word, HashSet<string> names)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var isJson = IsJson(word, equals);
        var name = NameOf(word);
        if (name.Length == 0)
            throw new ArgumentTextException(
                $"'{word}' is not an argument of a tool: write NAME=TEXT or NAME:=JSON, or use --arguments."
            );
        if (!names.Add(name))
            throw new ArgumentTextException($"The argument '{name}' is given twice.");
        writer.WritePropertyName(name);
        var value = word[(equals + 1)..];
        if (isJson)
            WriteJson(writer, name, value);
        else
            writer.WriteStringValue(value);
    }

    private static void WriteJson(Utf8JsonWriter writer, string name, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        try
        {
            JsonElement.Parse(bytes).WriteTo(writer);
        }
        catch (JsonException exception)
        {
            throw new ArgumentTextException($"{name}:=, {JsonSyntaxError.Describe(bytes, exception)}", exception);
        }
    }
}
