using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Manifests;

/// <summary>
/// Leaves <c>discriminator</c> out of a schema that is published: it is OpenAPI's keyword, not JSON Schema's, and some
/// model APIs refuse a list of tools for a keyword that they do not know. What it says is in the description.
/// </summary>
public static class SchemaDiscriminators
{
    // Documents are bounded to 256 when they are read; bundling adds little.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1024 };

    /// <summary>
    /// The schema without the keyword, everything else to the byte; one that has none comes back unchanged.
    /// </summary>
    public static JsonText Remove(JsonText schema)
    {
        var text = schema.Utf8.Span;
        if (text.IndexOf("\"discriminator\""u8) < 0)
            return schema;
        var cuts = new List<(int Start, int End)>();
        var reader = new Utf8JsonReader(text, Options);
        reader.Read();
        Find(ref reader, text, SchemaContext.Schema, cuts);
        var rest = new byte[text.Length - cuts.Sum(cut => cut.End - cut.Start)];
        var (read, written) = (0, 0);
        foreach (var (start, end) in cuts)
        {
            text[read..start].CopyTo(rest.AsSpan(written));
            written += start - read;
            read = end;
        }
        text[read..].CopyTo(rest.AsSpan(written));
        return new JsonText(rest);
    }

    private static void Find(
        ref Utf8JsonReader reader,
        ReadOnlySpan<byte> text,
        SchemaContext context,
        List<(int Start, int End)> cuts
    )
    {
        if (
            context == SchemaContext.Data
            || reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)
        )
        {
            reader.Skip();
            return;
        }
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                Find(ref reader, text, context, cuts);
            return;
        }
        var end = (int)reader.BytesConsumed;
        var isFirst = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isCut = context == SchemaContext.Schema && reader.ValueTextEquals("discriminator"u8);
            var inner =
                context == SchemaContext.SchemaMap
                    ? SchemaContext.Schema
                    : SubschemaKeywords.ContextOf(reader.ValueSpan);
            reader.Read();
            if (!isCut)
            {
                Find(ref reader, text, inner, cuts);
                (end, isFirst) = ((int)reader.BytesConsumed, false);
                continue;
            }
            reader.Skip();
            var last = (int)reader.BytesConsumed;
            // A comma goes with it: the one before, or for the first member the one behind.
            if (isFirst && text[last..].TrimStart(" \t\r\n"u8) is [(byte)',', ..] rest)
                last = text.Length - rest.Length + 1;
            cuts.Add((end, last));
            end = last;
        }
    }
}
