using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Manifests;

/// <summary>A schema's text with the places in it that refer to shared schemas.</summary>
/// <param name="Text">UTF-8 JSON.</param>
/// <param name="Scan">What the scan of <paramref name="Text"/> found.</param>
/// <param name="References">The references that mean a shared schema which exists, in the order of the text.</param>
internal sealed record ScannedSchema(
    ReadOnlyMemory<byte> Text,
    SchemaScan Scan,
    IReadOnlyList<DefinitionReference> References
)
{
    /// <param name="text">UTF-8 JSON.</param>
    /// <param name="shared">The names of the shared schemas that exist.</param>
    /// <param name="hasOwnRoot">
    /// The schema is a tool's: <c>#</c> is its own root, so its own <c>definitions</c> come before the shared ones.
    /// </param>
    public static ScannedSchema Of(ReadOnlyMemory<byte> text, Dictionary<string, int> shared, bool hasOwnRoot)
    {
        var scan = SchemaScan.Of(text.Span);
        var references = new List<DefinitionReference>(scan.References.Count);
        foreach (var reference in scan.References)
        {
            var isOwn = hasOwnRoot && scan.OwnDefinitions?.Contains(reference.Name) == true;
            if (!isOwn && shared.ContainsKey(reference.Name))
                references.Add(reference);
        }

        return new ScannedSchema(text, scan, references);
    }

    /// <summary>
    /// Writes the bytes from <paramref name="start"/> to <paramref name="end"/> with the references rewritten.
    /// </summary>
    /// <param name="start">Offset of the first byte.</param>
    /// <param name="end">Offset after the last byte.</param>
    /// <param name="newNames">Names in <c>$defs</c> that differ from the shared schema's name; null for none.</param>
    /// <param name="output">Receives the bytes.</param>
    public void Rewrite(int start, int end, Dictionary<string, string>? newNames, ArrayBufferWriter<byte> output)
    {
        var text = Text.Span;
        foreach (var reference in References)
        {
            if (reference.Start < start || reference.Start >= end)
                continue;
            output.Write(text[start..reference.Start]);
            WriteReference(text.Slice(reference.Start, reference.Length), reference, newNames, output);
            start = reference.Start + reference.Length;
        }

        output.Write(text[start..end]);
    }

    /// <summary>A JSON string, quotes included.</summary>
    public static byte[] Quoted(string value) =>
        Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"");

    private static void WriteReference(
        ReadOnlySpan<byte> old,
        DefinitionReference reference,
        Dictionary<string, string>? newNames,
        ArrayBufferWriter<byte> output
    )
    {
        if (newNames is not null && newNames.TryGetValue(reference.Name, out var name))
        {
            // RFC 6901 section 6: the pointer's own escapes first, then those of the URI fragment.
            output.Write(Quoted($"#/$defs/{Uri.EscapeDataString(JsonPointer.Escape(name))}{reference.Rest}"));
        }
        else if (reference.IsPlain)
        {
            output.Write("\"#/$defs/"u8);
            output.Write(old[(SchemaScan.DefinitionsPrefix.Length + 1)..]);
        }
        else
        {
            output.Write(Quoted($"#/$defs/{reference.RawName}{reference.Rest}"));
        }
    }
}
