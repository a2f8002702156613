using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Credentials.SignIns;

/// <summary>A sign-in as the text that a store keeps: one JSON object.</summary>
public static class SignInJson
{
    // Large enough that it does not grow, and leaves no copy behind, for all but the longest tokens.
    private const int Space = 32 * 1024;

    /// <returns>To be disposed.</returns>
    public static Secret Write(SignIn signIn)
    {
        var output = new ArrayBufferWriter<byte>(Space);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            writer.WriteNumber("generation", signIn.Generation);
            Text("stamp", signIn.Stamp);
            Text("signed_in_at", Time(signIn.SignedInAt));
            Text("obtained_at", Time(signIn.ObtainedAt));
            Text("client_id", signIn.ClientId);
            Hidden("client_secret", signIn.ClientSecret);
            Hidden("access_token", signIn.AccessToken);
            Text("expires_at", signIn.ExpiresAt is { } end ? Time(end) : null);
            Hidden("refresh_token", signIn.RefreshToken);
            Text("token_url", signIn.TokenUrl);
            Text("revocation_url", signIn.RevocationUrl);
            Text("issuer", signIn.Issuer);
            Text("client_auth", ManifestWords.ClientAuthentications[(int)signIn.ClientAuthentication]);
            writer.WriteStartObject("extra");
            foreach (var (name, value) in signIn.Extra)
                writer.WriteString(name, value);
            writer.WriteEndObject();
            writer.WriteStartArray("scopes");
            foreach (var scope in signIn.Scopes)
                writer.WriteStringValue(scope);
            writer.WriteEndArray();
            Text("account", signIn.Account);
            Text("provider", signIn.Provider);
            writer.WriteBoolean("refused", signIn.IsRefused);
            writer.WriteEndObject();

            void Text(string name, string? value)
            {
                if (value is not null)
                    writer.WriteString(name, value);
            }

            void Hidden(string name, Secret? value)
            {
                if (value is not null)
                    writer.WriteString(name, value.RevealUtf8());
            }
        }
        var written = MemoryMarshal.AsMemory(output.WrittenMemory).Span;
        var secret = Secret.FromUtf8(written);
        CryptographicOperations.ZeroMemory(written);
        return secret;
    }

    /// <param name="content">What <see cref="Write"/> gave; not disposed.</param>
    /// <returns>To be disposed.</returns>
    /// <exception cref="McpRuntimeException">It is something else; the message holds nothing of it.</exception>
    public static SignIn Read(Secret content)
    {
        try
        {
            var bytes = content.RevealUtf8().ToArray();
            try
            {
                using var document = JsonDocument.Parse(bytes);
                return Read(document.RootElement);
            }
            finally
            {
                CryptographicOperations.ZeroMemory(bytes);
            }
        }
        catch (Exception error)
            when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // The reader's message could quote the text.
            throw new McpRuntimeException("What is stored is not a sign-in. Sign in again.");
        }
    }

    private static SignIn Read(JsonElement root) =>
        new()
        {
            Generation = root.GetProperty("generation").GetInt64(),
            Stamp = root.GetProperty("stamp").GetString()!,
            SignedInAt = root.GetProperty("signed_in_at").GetDateTimeOffset(),
            ObtainedAt = root.GetProperty("obtained_at").GetDateTimeOffset(),
            ClientId = root.GetProperty("client_id").GetString()!,
            ClientSecret = Hidden(root, "client_secret"),
            AccessToken = Hidden(root, "access_token"),
            ExpiresAt = root.TryGetProperty("expires_at", out var end) ? end.GetDateTimeOffset() : null,
            RefreshToken = Hidden(root, "refresh_token"),
            TokenUrl = Text(root, "token_url"),
            RevocationUrl = Text(root, "revocation_url"),
            Issuer = Text(root, "issuer"),
            ClientAuthentication = (ClientAuthentication)
                Math.Max(0, Array.IndexOf(ManifestWords.ClientAuthentications, Text(root, "client_auth"))),
            Extra = root.GetProperty("extra")
                .EnumerateObject()
                .ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!, StringComparer.Ordinal),
            Scopes = [.. root.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()!)],
            Account = Text(root, "account"),
            Provider = Text(root, "provider"),
            IsRefused = root.GetProperty("refused").GetBoolean(),
        };

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var text) ? text.GetString() : null;

    private static Secret? Hidden(JsonElement root, string name) =>
        root.TryGetProperty(name, out var text) ? new Secret(text.GetString()!) : null;

    private static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
}
