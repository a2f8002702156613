using System.Runtime.CompilerServices;
using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Search.Indexing;

/// <summary>The words of a schema: names of properties, and the texts that values may be.</summary>
internal sealed class SchemaWords
{
    // What is deeper, or in a schema of hundreds of properties, tells tools apart no longer.
    private const int DeepestProperty = 3;
    private const int MostNames = 60;
    private const int MostChoices = 40;
    private const int LongestChoice = 40;

    private static readonly ConditionalWeakTable<JsonText, SchemaWords> Known = [];

    private readonly List<string> _names = [];
    private readonly List<string> _choices = [];
    private readonly List<string> _references = [];

    private SchemaWords(JsonText schema)
    {
        var reader = new Utf8JsonReader(schema.Utf8.Span);
        if (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            ReadSchema(ref reader, 0);
    }

    /// <summary>Names and values of a schema, with those that it refers to.</summary>
    public static (IReadOnlyList<string> Names, IReadOnlyList<string> Choices) Of(
        JsonText schema,
        IReadOnlyDictionary<string, JsonText>? definitions
    )
    {
        var words = Read(schema);
        if (words._references.Count == 0 || definitions is null)
            return (words._names, words._choices);
        var names = new List<string>(words._names);
        var choices = new List<string>(words._choices);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var level = words._references;
        for (var depth = 1; depth < DeepestProperty && level.Count > 0; depth++)
        {
            var next = new List<string>();
            foreach (var name in level)
            {
                if (!seen.Add(name) || names.Count > MostNames || !definitions.TryGetValue(name, out var definition))
                    continue;
                var shared = Read(definition);
                names.AddRange(shared._names);
                choices.AddRange(shared._choices);
                next.AddRange(shared._references);
            }
            level = next;
        }
        return (names, choices);
    }

    private static SchemaWords Read(JsonText schema) =>
        Known.GetValue(schema, static schema => new SchemaWords(schema));

    private void ReadSchema(ref Utf8JsonReader reader, int depth)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("properties"u8))
                ReadProperties(ref reader, depth);
            else if (reader.ValueTextEquals("enum"u8))
                ReadChoices(ref reader);
            else if (reader.ValueTextEquals("$ref"u8))
                ReadReference(ref reader);
            else if (
                reader.ValueTextEquals("items"u8)
                || reader.ValueTextEquals("allOf"u8)
                || reader.ValueTextEquals("anyOf"u8)
                || reader.ValueTextEquals("oneOf"u8)
            )
                ReadSchemas(ref reader, depth);
            else
                reader.Skip();
        }
    }

    private void ReadProperties(ref Utf8JsonReader reader, int depth)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject || depth >= DeepestProperty)
        {
            reader.Skip();
            return;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (_names.Count < MostNames)
                _names.Add(reader.GetString()!);
            ReadSchemas(ref reader, depth + 1);
        }
    }

    // A schema, or a list of them.
    private void ReadSchemas(ref Utf8JsonReader reader, int depth)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadSchema(ref reader, depth);
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType == JsonTokenType.StartObject)
                    ReadSchema(ref reader, depth);
            }
        }
    }

    private void ReadChoices(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
            return;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (
                reader.TokenType == JsonTokenType.String
                && _choices.Count < MostChoices
                && reader.ValueSpan.Length < LongestChoice
            )
                _choices.Add(reader.GetString()!);
            else
                reader.Skip();
        }
    }

    private void ReadReference(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return;
        }
        const string Start = "#/definitions/";
        if (reader.GetString() is { } target && target.StartsWith(Start, StringComparison.Ordinal))
            _references.Add(JsonPointer.Unescape(target[Start.Length..]));
    }
}
