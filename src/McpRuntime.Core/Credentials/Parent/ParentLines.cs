using System.Buffers;
using System.Text.Json;
using McpRuntime.Network;

namespace McpRuntime.Credentials.Parent;

/// <summary>
/// What a server and the process that started it say to each other, one JSON object a line. The server asks on its
/// standard output, <c>{"credential": {"id": 1, "connector": "petstore", "scheme": "api_key"}}</c>; the parent answers
/// on its standard input, <c>{"id": 1, "source": "vault Mine", "origins": [], "fields": {"value": "…"}}</c>, with
/// <c>{"id": 1}</c> where it has none, or with <c>{"id": 1, "error": "…", "code": "VaultLocked"}</c>, where the code
/// may be left out.
/// </summary>
internal static class ParentLines
{
    public static ReadOnlyMemory<byte> Question(long id, string connector, string scheme) =>
        Line(writer =>
        {
            writer.WriteStartObject("credential");
            writer.WriteNumber("id", id);
            writer.WriteString("connector", connector);
            writer.WriteString("scheme", scheme);
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
    public static bool TryReadQuestion(string line, out (long Id, string Connector, string Scheme) question)
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
            question = (
                asked.GetProperty("id").GetInt64(),
                asked.GetProperty("connector").GetString()!,
                asked.GetProperty("scheme").GetString()!
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

/// <summary>What a parent answered.</summary>
internal sealed class ParentAnswer : IDisposable
{
    public long Id { get; set; }

    public string Source { get; set; } = "the parent process";

    public string? Error { get; set; }

    /// <inheritdoc cref="McpRuntimeException.ErrorCode"/>
    public string? ErrorCode { get; set; }

    public List<Origin> Origins { get; } = [];

    public Dictionary<CredentialField, Secret> Fields { get; } = [];

    public void Dispose()
    {
        foreach (var secret in Fields.Values)
            secret.Dispose();
    }
}
