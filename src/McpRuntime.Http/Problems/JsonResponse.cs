using System.Text.Json;
using McpRuntime.Json;

namespace McpRuntime.Http.Problems;

/// <summary>Answers in JSON, written as they go.</summary>
internal static class JsonResponse
{
    /// <summary>Writes one JSON value; nothing of a management answer may stay in a cache.</summary>
    public static async Task WriteJsonAsync(this HttpResponse response, int status, Action<Utf8JsonWriter> write)
    {
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        await using (var writer = new Utf8JsonWriter(response.BodyWriter, ReadableJson.OneLine))
            write(writer);
        await response.BodyWriter.FlushAsync(response.HttpContext.RequestAborted);
    }

    /// <summary>Writes a member that is a list of texts.</summary>
    public static void WriteTexts(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}
