using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace McpRuntime.Credentials.Stores;

/// <summary>The fields of a credential as the text that a store keeps: one JSON object.</summary>
public static class FieldsJson
{
    private const string StampKey = "stamp";

    /// <param name="fields">The fields; not disposed.</param>
    /// <param name="stamp">
    /// Tells this secret from the one before, see <see cref="SecretRecord.Stamp"/>; null for none.
    /// </param>
    /// <returns>To be disposed.</returns>
    public static Secret Write(IReadOnlyDictionary<CredentialField, Secret> fields, string? stamp = null)
    {
        // Large enough that it does not grow, and leaves no copy behind, for all but the longest secrets.
        var output = new ArrayBufferWriter<byte>(16 * 1024);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            if (stamp is not null)
                writer.WriteString(StampKey, stamp);
            foreach (var (field, secret) in fields)
                writer.WriteString(CredentialName.Of(field), secret.RevealUtf8());
            writer.WriteEndObject();
        }
        var written = MemoryMarshal.AsMemory(output.WrittenMemory).Span;
        var content = Secret.FromUtf8(written);
        CryptographicOperations.ZeroMemory(written);
        return content;
    }

    /// <param name="content">What <see cref="Write"/> gave; not disposed.</param>
    /// <returns>The fields, for the caller to dispose.</returns>
    /// <exception cref="McpRuntimeException">It is something else; the message holds nothing of it.</exception>
    public static Dictionary<CredentialField, Secret> Read(Secret content) => Read(content, out _);

    /// <inheritdoc cref="Read(Secret)"/>
    /// <param name="content">What <see cref="Write"/> gave; not disposed.</param>
    /// <param name="stamp">The stamp that was written; null for none.</param>
    public static Dictionary<CredentialField, Secret> Read(Secret content, out string? stamp)
    {
        stamp = null;
        var fields = new Dictionary<CredentialField, Secret>();
        try
        {
            var reader = new Utf8JsonReader(content.RevealUtf8());
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new JsonException();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals(StampKey))
                {
                    reader.Read();
                    stamp = reader.GetString();
                    continue;
                }
                var field = CredentialName.FieldOf(reader.GetString()!);
                reader.Read();
                if (reader.TokenType != JsonTokenType.String)
                    throw new JsonException();
                var value = GC.AllocateUninitializedArray<byte>(reader.ValueSpan.Length, pinned: true);
                fields[field] = Secret.FromUtf8(value.AsSpan(0, reader.CopyString(value)));
                CryptographicOperations.ZeroMemory(value);
            }
            return fields;
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            foreach (var secret in fields.Values)
                secret.Dispose();
            // The reader's message could quote the text.
            throw new McpRuntimeException("What is stored is not a credential. Set it again.");
        }
    }
}
