using System.Text.Json;
using McpRuntime.Cmdlets.Processes;

namespace McpRuntime.Cmdlets.Clients;

/// <summary>The entry of one server, in the words of a client's JSON.</summary>
internal static class ServerEntry
{
    /// <summary>What the command line of every server of this module says.</summary>
    public const string Mark = "Start-McpRuntime";

    private const string Bearer = "Bearer ";

    public static void Write(Utf8JsonWriter writer, ClientProfile profile, LaunchCommand launch)
    {
        writer.WriteStartObject();
        if (profile.LocalType is { } type)
            writer.WriteString("type", type);
        writer.WriteString("command", launch.Executable);
        writer.WriteStartArray("args");
        foreach (var argument in launch.Arguments)
            writer.WriteStringValue(argument);
        writer.WriteEndArray();
        WriteTools(writer, profile);
        writer.WriteEndObject();
    }

    /// <summary>A server at a URL.</summary>
    /// <param name="writer">Gets the entry.</param>
    /// <param name="profile">The client's words.</param>
    /// <param name="uri">The server.</param>
    /// <param name="token">What the client puts the token in the place of.</param>
    public static void Write(Utf8JsonWriter writer, ClientProfile profile, Uri uri, string token)
    {
        writer.WriteStartObject();
        if (profile.RemoteType is { } type)
            writer.WriteString("type", type);
        writer.WriteString(profile.UrlKey, uri.AbsoluteUri);
        writer.WriteStartObject("headers");
        writer.WriteString("Authorization", Bearer + token);
        writer.WriteEndObject();
        WriteTools(writer, profile);
        writer.WriteEndObject();
    }

    /// <summary>An entry that this module wrote.</summary>
    public static bool IsOurs(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object)
            return false;
        if (
            entry.TryGetProperty("headers", out var headers)
            && headers.ValueKind == JsonValueKind.Object
            && headers.TryGetProperty("Authorization", out var authorization)
            && authorization.ValueKind == JsonValueKind.String
        )
        {
            var value = authorization.GetString()!;
            return value.StartsWith(Bearer + TokenInput.ReferencePrefix, StringComparison.Ordinal)
                || (
                    value.StartsWith(Bearer + "$", StringComparison.Ordinal)
                    && value.Contains(TokenVariable.Prefix, StringComparison.Ordinal)
                );
        }
        return entry.TryGetProperty("args", out var arguments)
            && arguments.ValueKind == JsonValueKind.Array
            && arguments
                .EnumerateArray()
                .Any(argument =>
                    argument.ValueKind == JsonValueKind.String
                    && argument.GetString()!.Contains(Mark, StringComparison.OrdinalIgnoreCase)
                );
    }

    private static void WriteTools(Utf8JsonWriter writer, ClientProfile profile)
    {
        if (!profile.ListsTools)
            return;
        writer.WriteStartArray("tools");
        writer.WriteStringValue("*");
        writer.WriteEndArray();
    }
}
