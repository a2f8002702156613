using System.Text.Json;
using McpRuntime.Cmdlets.Engine;

namespace McpRuntime.Cmdlets.Clients;

/// <summary>The entry of one server, in the words of a client's file.</summary>
internal static class ServerEntry
{
    private const string Bearer = "Bearer ";

    public static void Write(Utf8JsonWriter writer, McpClient client, LaunchCommand launch)
    {
        writer.WriteStartObject();
        // VS Code asks for the type; Claude Desktop knows stdio only.
        if (client is not McpClient.ClaudeDesktop)
            writer.WriteString("type", "stdio");
        writer.WriteString("command", launch.Executable);
        writer.WriteStartArray("args");
        foreach (var argument in launch.Arguments)
            writer.WriteStringValue(argument);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>A server at a URL, whose token the client asks the user for and keeps: it is not in the file.</summary>
    public static void Write(Utf8JsonWriter writer, Uri uri, TokenInput token)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "http");
        writer.WriteString("url", uri.AbsoluteUri);
        writer.WriteStartObject("headers");
        writer.WriteString("Authorization", Bearer + token.Reference);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>An entry that this module wrote: it may be replaced without asking.</summary>
    public static bool IsOurs(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object)
            return false;
        if (entry.TryGetProperty("headers", out var headers) && headers.ValueKind == JsonValueKind.Object
            && headers.TryGetProperty("Authorization", out var authorization) && authorization.ValueKind == JsonValueKind.String)
            return authorization.GetString()!.StartsWith(Bearer + TokenInput.ReferencePrefix, StringComparison.Ordinal);
        if (!entry.TryGetProperty("args", out var arguments) || arguments.ValueKind != JsonValueKind.Array)
            return false;
        foreach (var argument in arguments.EnumerateArray())
        {
            if (argument.ValueKind == JsonValueKind.String
                && argument.GetString()!.Contains("Start-McpRuntime", StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
