namespace McpRuntime.Json;

/// <summary>
/// JSON on one line. Line breaks in JSON are between tokens only (RFC 8259 section 7), so spaces can take their place.
/// A message is one line, and schemas and answers come in their authors' layout.
/// </summary>
internal static class OneLine
{
    public static void Make(Span<byte> json)
    {
        if (!json.ContainsAny((byte)'\n', (byte)'\r'))
            return;
        json.Replace((byte)'\n', (byte)' ');
        json.Replace((byte)'\r', (byte)' ');
    }
}
