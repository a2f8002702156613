using System.Security;
using System.Text.Json;

namespace McpRuntime.Cmdlets.Runtime.Gateway;

/// <summary>The first line of a gateway: it listens.</summary>
/// <param name="Url">Where.</param>
/// <param name="Token">What manages it.</param>
internal sealed record GatewayGreeting(Uri Url, SecureString Token)
{
    /// <summary>Null where the line is something else.</summary>
    public static GatewayGreeting? TryRead(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return
                document.RootElement.TryGetProperty("url", out var url)
                && document.RootElement.TryGetProperty("token", out var token)
                ? new GatewayGreeting(new Uri(url.GetString()!), Secure(token.GetString()!))
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static SecureString Secure(string text)
    {
        var secure = new SecureString();
        foreach (var c in text)
            secure.AppendChar(c);
        secure.MakeReadOnly();
        return secure;
    }
}
