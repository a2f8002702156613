using System.Security;
using System.Text.Json;

namespace McpRuntime.Cmdlets.Runtime.Gateway;

/// <summary>The gateway needs the credential of a scheme, or was told by an API that the one it used is no good.</summary>
/// <param name="Id">Stands in the answer; 0 where none is wanted.</param>
/// <param name="Connector">Connector name.</param>
/// <param name="Scheme">Scheme name.</param>
/// <param name="IsRefusal">An API refused the credential.</param>
internal sealed record GatewayQuestion(long Id, string Connector, string Scheme, bool IsRefusal)
{
    /// <summary>Null where the line is none.</summary>
    public static GatewayQuestion? TryRead(string line) => GatewayLine.Read(line, static root =>
        root.TryGetProperty("connector", out var connector) && root.TryGetProperty("scheme", out var scheme)
            ? new GatewayQuestion(
                root.TryGetProperty("id", out var id) ? id.GetInt64() : 0, connector.GetString()!, scheme.GetString()!, root.TryGetProperty("refused", out _))
            : null);
}

/// <summary>The gateway listens.</summary>
/// <param name="Url">Where.</param>
/// <param name="Token">What manages it.</param>
internal sealed record GatewayGreeting(Uri Url, SecureString Token)
{
    /// <summary>Null where the line is none.</summary>
    public static GatewayGreeting? TryRead(string line) => GatewayLine.Read(line, static root =>
    {
        if (!root.TryGetProperty("url", out var url) || !root.TryGetProperty("token", out var token))
            return null;
        var secure = new SecureString();
        foreach (var c in token.GetString()!)
            secure.AppendChar(c);
        secure.MakeReadOnly();
        return new GatewayGreeting(new Uri(url.GetString()!), secure);
    });
}

/// <summary>A line of the gateway's standard output.</summary>
internal static class GatewayLine
{
    public static T? Read<T>(string line, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object ? read(document.RootElement) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
