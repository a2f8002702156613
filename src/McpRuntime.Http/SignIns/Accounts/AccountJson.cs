using System.Text.Json;
using McpRuntime.Credentials;
using McpRuntime.Credentials.SignIns;

namespace McpRuntime.Http.SignIns.Accounts;

/// <summary>An account as callers see it.</summary>
internal static class AccountJson
{
    /// <param name="writer">Gets an object.</param>
    /// <param name="row">The row.</param>
    /// <param name="signIn">Null where it cannot be decrypted.</param>
    public static void Write(Utf8JsonWriter writer, SignInRow row, SignIn? signIn)
    {
        writer.WriteStartObject();
        WriteKey(writer, row.Key);
        WriteText(writer, "account"u8, signIn?.Account);
        writer.WriteStartArray("scopes"u8);
        foreach (var scope in signIn?.Scopes ?? [])
            writer.WriteStringValue(scope);
        writer.WriteEndArray();
        // A token that is renewed ends and is followed by another; that is not the user's business.
        WriteTime(writer, "expires"u8, signIn is { RefreshToken: null } ? signIn.ExpiresAt : null);
        WriteTime(writer, "connected"u8, signIn?.SignedInAt);
        WriteTime(writer, "used"u8, row.Used);
        writer.WriteBoolean("needsSignIn"u8, signIn is null or { IsRefused: true });
        writer.WriteEndObject();
    }

    public static void WriteKey(Utf8JsonWriter writer, CredentialKey key)
    {
        writer.WriteString("connector"u8, key.ConnectorName());
        WriteText(writer, "project"u8, key.Project());
        writer.WriteString("scheme"u8, key.Scheme);
        writer.WriteString("profile"u8, key.Profile);
        writer.WriteBoolean("shared"u8, key.Holder is null);
    }

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        if (text is null)
            writer.WriteNull(name);
        else
            writer.WriteString(name, text);
    }

    private static void WriteTime(Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset? time)
    {
        if (time is null)
            writer.WriteNull(name);
        else
            writer.WriteString(name, time.Value);
    }
}
