using System.Text.Json;
using McpRuntime.Documents.Json;
using McpRuntime.Json;

namespace McpRuntime.Documents.Yaml;

/// <summary>The value of one merge key, as JSON: an object, or an array of objects of which earlier ones win.</summary>
internal readonly struct YamlMerge(ReadOnlyMemory<byte> json)
{
    public bool IsValid
    {
        get
        {
            var reader = Reader();
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
                return reader.TokenType == JsonTokenType.StartObject;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType != JsonTokenType.StartObject)
                    return false;
                reader.Skip();
            }
            return true;
        }
    }

    /// <summary>Adds the members whose keys are new.</summary>
    /// <param name="output">Inside an open object.</param>
    /// <param name="isFirst">The object has no member yet.</param>
    /// <param name="isNew">Says whether a key is new, and takes it in.</param>
    public void AppendTo(JsonBuffer output, bool isFirst, Func<string, bool> isNew)
    {
        var reader = Reader();
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;
            var name = reader.GetString()!;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (!isNew(name))
                continue;
            if (!isFirst)
                output.Raw((byte)',');
            isFirst = false;
            output.String(name);
            output.Raw((byte)':');
            output.Raw(json.Span[start..(int)reader.BytesConsumed]);
        }
    }

    private Utf8JsonReader Reader() => new(json.Span, UnboundedDepth.Reader);
}
