using System.Buffers;
using System.Text.Json;
using McpRuntime.Network;

namespace McpRuntime.Credentials.Parent;

/// <summary>
/// What a server and the process that started it say to each other, one JSON object a line. The server asks on its
/// standard output, <c>{"credential": {"id": 1, "connector": "petstore", "scheme": "api_key"}}</c>; the parent answers
/// on its standard input, <c>{"id": 1, "source": "vault Mine", "origins": [], "fields": {"value": "…"}}</c>, with
/// <c>{"id": 1}</c> where it has none, or with <c>{"id": 1, "error": "…", "code": "VaultLocked"}</c>, where the code
/// may be left out. A question has the <c>profile</c> where it is not the default one. The answer for a sign-in has
/// <c>"sign_in": true</c> and no secrets; its token is then asked for with <c>"refused": 7</c>, the generation of the
/// token that is not to be used again (-1 for none), and comes with its <c>generation</c> and <c>good_until</c>.
/// </summary>
internal static class ParentLines
{
    /// <param name="id">Of the answer.</param>
    /// <param name="key">Which credential.</param>
    /// <param name="refused">Asks for a sign-in's token that is newer than this one; null for the credential.</param>
    public static ReadOnlyMemory<byte> Question(long id, CredentialKey key, long? refused = null) =>
        Line(writer =>
        {
            writer.WriteStartObject("credential");
            writer.WriteNumber("id", id);
            writer.WriteString("connector", key.Connector);
            writer.WriteString("scheme", key.Scheme);
            if (key.Profile != CredentialKey.DefaultProfile)
                writer.WriteString("profile", key.Profile);
            if (refused is { } generation)
                writer.WriteNumber("refused", generation);
            writer.WriteEndObject();
        });

    /// <summary>The token of a sign-in. The caller clears it when it is written.</summary>
    public static ReadOnlyMemory<byte> Token(long id, string source, FetchedToken token) =>
        Line(writer =>
        {
            writer.WriteNumber("id", id);
            writer.WriteString("source", source);
            writer.WriteNumber("generation", token.Generation);
            if (token.GoodUntil != DateTimeOffset.MaxValue)
                writer.WriteString("good_until", token.GoodUntil);
            writer.WriteStartObject("fields");
            writer.WriteString(CredentialName.Of(CredentialField.Token), token.Secret.RevealUtf8());
            writer.WriteEndObject();
        });

    public static ReadOnlyMemory<byte> Failure(long id, string error, string? code = null) =>
        Line(writer =>
        {
            writer.WriteNumber("id", id);
            writer.WriteString("error", error);
            if (code is not null)
                writer.WriteString("code", code);
        });

    /// <summary>The caller clears it when it is written.</summary>
    public static ReadOnlyMemory<byte> Answer(long id, Credential? credential) =>
        Line(writer =>
        {
            writer.WriteNumber("id", id);
            if (credential is null)
                return;
            writer.WriteString("source", credential.Source);
            if (credential.SignIn is not null)
                writer.WriteBoolean("sign_in", true);
            writer.WriteStartArray("origins");
            foreach (var origin in credential.Origins)
                writer.WriteStringValue(origin.ToString());
            writer.WriteEndArray();
            writer.WriteStartObject("fields");
            foreach (var field in Enum.GetValues<CredentialField>())
            {
                if (field != CredentialField.Origins && credential[field] is { } secret)
                    writer.WriteString(CredentialName.Of(field), secret.RevealUtf8());
            }
            writer.WriteEndObject();
        });

    /// <summary>False where the line is not a question, but something else that a server says.</summary>
    public static bool TryReadQuestion(string line, out ParentQuestion question)
    {
        question = default;
        try
        {
            using var document = JsonDocument.Parse(line);
            if (
                document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("credential", out var asked)
            )
                return false;
            var key = new CredentialKey(
                asked.GetProperty("connector").GetString()!,
                asked.GetProperty("scheme").GetString()!
            );
            if (asked.TryGetProperty("profile", out var profile))
                key = key with { Profile = profile.GetString()! };
            question = new ParentQuestion(
                asked.GetProperty("id").GetInt64(),
                key,
                asked.TryGetProperty("refused", out var refused) ? refused.GetInt64() : null
            );
            return true;
        }
        catch (Exception error)
            when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    /// <summary>
    /// Reads a parent's line; null where it is none of these. Secrets go from its bytes straight to their own memory.
    /// </summary>
    /// <param name="line">UTF-8, without its end.</param>
    public static ParentAnswer? ReadAnswer(ReadOnlySpan<byte> line)
    {
        var answer = new ParentAnswer();
        try
        {
            var reader = new Utf8JsonReader(line);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString();
                reader.Read();
                switch (name)
                {
                    case "id":
                        answer.Id = reader.GetInt64();
                        break;
                    case "source":
                        answer.Source = reader.GetString() ?? answer.Source;
                        break;
                    case "error":
                        answer.Error = reader.GetString();
                        break;
                    case "code":
                        answer.ErrorCode = reader.GetString();
                        break;
                    case "sign_in":
                        answer.IsSignIn = reader.GetBoolean();
                        break;
                    case "generation":
                        answer.Generation = reader.GetInt64();
                        break;
                    case "good_until":
                        answer.GoodUntil = reader.GetDateTimeOffset();
                        break;
                    case "origins":
                        ReadOrigins(ref reader, answer);
                        break;
                    case "fields":
                        ReadFields(ref reader, answer);
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }
            return answer;
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            answer.Dispose();
            return null;
        }
    }

    private static void ReadOrigins(ref Utf8JsonReader reader, ParentAnswer answer)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            if (!Origin.TryParse(reader.GetString()!, out var origin))
                throw new FormatException();
            answer.Origins.Add(origin);
        }
    }

    private static void ReadFields(ref Utf8JsonReader reader, ParentAnswer answer)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = CredentialName.FieldOf(reader.GetString()!);
            reader.Read();
            if (reader.TokenType != JsonTokenType.String || field == CredentialField.Origins)
                throw new FormatException();
            var text = GC.AllocateUninitializedArray<byte>(reader.ValueSpan.Length, pinned: true);
            answer.Fields[field] = Secret.FromUtf8(text.AsSpan(0, reader.CopyString(text)));
            Array.Clear(text);
        }
    }

    private static ReadOnlyMemory<byte> Line(Action<Utf8JsonWriter> write)
    {
        // Large enough that it does not grow, and leaves no copy behind, for all but the longest secrets.
        var output = new ArrayBufferWriter<byte>(16 * 1024);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        output.Write("\n"u8);
        return output.WrittenMemory;
    }
}

/// <summary>What a server asked.</summary>
/// <param name="Id">Of the answer.</param>
/// <param name="Key">Which credential.</param>
/// <param name="Refused">A sign-in's token newer than this generation; null for the credential.</param>
internal readonly record struct ParentQuestion(long Id, CredentialKey Key, long? Refused);

/// <summary>What a parent answered.</summary>
internal sealed class ParentAnswer : IDisposable
{
    public long Id { get; set; }

    public string Source { get; set; } = "the parent process";

    public string? Error { get; set; }

    /// <inheritdoc cref="McpRuntimeException.ErrorCode"/>
    public string? ErrorCode { get; set; }

    /// <summary>It is a sign-in, whose tokens are asked for one by one.</summary>
    public bool IsSignIn { get; set; }

    /// <inheritdoc cref="FetchedToken.Generation"/>
    public long Generation { get; set; }

    /// <inheritdoc cref="FetchedToken.GoodUntil"/>
    public DateTimeOffset GoodUntil { get; set; } = DateTimeOffset.MaxValue;

    public List<Origin> Origins { get; } = [];

    public Dictionary<CredentialField, Secret> Fields { get; } = [];

    public void Dispose()
    {
        foreach (var secret in Fields.Values)
            secret.Dispose();
    }
}
