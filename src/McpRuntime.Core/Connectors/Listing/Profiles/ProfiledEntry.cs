using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Connectors.Listing.Slim;
using McpRuntime.Json;

namespace McpRuntime.Connectors.Listing.Profiles;

/// <summary>A tool in <c>tools/list</c> with its input schema in the dialect of a profile.</summary>
internal static class ProfiledEntry
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1024 };

    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 1024,
    };

    /// <param name="entry">As <see cref="ToolEntry"/> writes it: what follows the name.</param>
    /// <param name="rules">Of the profile.</param>
    public static byte[] Of(ReadOnlySpan<byte> entry, ProfileRules rules)
    {
        byte[] whole = [.. ToolEntry.Start, .. entry];
        var tool = JsonNode.Parse(whole, documentOptions: Deep)!.AsObject();
        tool.Remove("name");
        if (tool["inputSchema"] is JsonObject schema)
            tool["inputSchema"] = ProfiledSchema.Of(schema, rules);
        if (tool["description"]?.GetValue<string>() is { } text && text.Length > rules.MostDescription)
            tool["description"] = ShorterTexts.Cut(text, rules.MostDescription - LongestEnd);
        var json = tool.ToJsonString(Relaxed);
        var written = Encoding.UTF8.GetBytes($"\",{json.AsSpan(1)}");
        OneLine.Make(written);
        return written;
    }

    /// <summary>The schema of a tool of the server itself.</summary>
    public static JsonText Of(JsonText schema, ProfileRules rules) =>
        JsonText.Parse(ProfiledSchema.Of(JsonNode.Parse(schema.Utf8.Span)!.AsObject(), rules).ToJsonString(Relaxed));

    // What is put behind a text that was cut.
    private const int LongestEnd = 100;
}
