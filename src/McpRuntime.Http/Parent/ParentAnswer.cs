using System.Security.Cryptography;
using System.Text.Json;
using McpRuntime.Credentials;
using McpRuntime.Network;

namespace McpRuntime.Http.Parent;

/// <summary>
/// One line of the parent: <c>{"answer":7,"credential":{"token":"…"},"origins":["https://…"]}</c>, without
/// <c>credential</c> where it keeps none, or <c>{"answer":7,"error":"…"}</c>.
/// </summary>
internal static class ParentAnswer
{
    private const string Source = "the program that started the gateway";

    /// <summary>The number of the question and how it ends: with a credential, without one, or with an error.</summary>
    /// <exception cref="JsonException">The line is something else; nothing of it is in the message.</exception>
    public static (long Id, Credential? Credential, string? Error) Read(ReadOnlySpan<byte> line)
    {
        long? id = null;
        string? error = null;
        var secrets = new Dictionary<CredentialField, Secret>();
        var origins = new List<Origin>();
        try
        {
            var reader = new Utf8JsonReader(line);
            Expect(reader.Read() && reader.TokenType == JsonTokenType.StartObject);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString();
                reader.Read();
                switch (name)
                {
                    case "answer":
                        id = reader.GetInt64();
                        break;
                    case "error":
                        error = reader.GetString();
                        break;
                    case "credential":
                        ReadSecrets(ref reader, secrets);
                        break;
                    case "origins":
                        ReadOrigins(ref reader, origins);
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }
            Expect(id is not null);
            return (id!.Value, secrets.Count == 0 ? null : Make(Source, origins, field => secrets.GetValueOrDefault(field)), error);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            foreach (var secret in secrets.Values)
                secret.Dispose();
            // The library's own message may hold a part of the line.
            throw new JsonException("It is no answer to a question for a credential.");
        }
    }

    /// <summary>A copy for a caller to dispose.</summary>
    public static Credential Copy(Credential credential) => Make(
        credential.Source,
        credential.Origins,
        field => credential[field] is { } secret ? Secret.FromUtf8(secret.RevealUtf8()) : null);

    private static Credential Make(string source, IReadOnlyList<Origin> origins, Func<CredentialField, Secret?> field) => new(source)
    {
        Origins = origins,
        [CredentialField.Value] = field(CredentialField.Value),
        [CredentialField.Username] = field(CredentialField.Username),
        [CredentialField.Password] = field(CredentialField.Password),
        [CredentialField.Token] = field(CredentialField.Token),
        [CredentialField.ClientId] = field(CredentialField.ClientId),
        [CredentialField.ClientSecret] = field(CredentialField.ClientSecret),
        [CredentialField.RefreshToken] = field(CredentialField.RefreshToken),
    };

    private static void ReadSecrets(ref Utf8JsonReader reader, Dictionary<CredentialField, Secret> secrets)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return;
        Expect(reader.TokenType == JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = CredentialName.FieldOf(reader.GetString()!);
            reader.Read();
            Expect(field != CredentialField.Origins && reader.TokenType == JsonTokenType.String);
            var text = GC.AllocateArray<byte>(reader.ValueSpan.Length, pinned: true);
            Expect(secrets.TryAdd(field, Secret.FromUtf8(text.AsSpan(0, reader.CopyString(text)))));
            CryptographicOperations.ZeroMemory(text);
        }
    }

    private static void ReadOrigins(ref Utf8JsonReader reader, List<Origin> origins)
    {
        Expect(reader.TokenType == JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            Expect(Origin.TryParse(reader.GetString()!, out var origin));
            origins.Add(origin!.Value);
        }
    }

    private static void Expect(bool isSo)
    {
        if (!isSo)
            throw new JsonException();
    }
}
