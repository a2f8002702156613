using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace McpRuntime.Credentials.Stores;

/// <summary>The fields of a credential as the text that a store keeps: one JSON object.</summary>
public static class FieldsJson
{
    /// <returns>To be disposed.</returns>
    public static Secret Write(IReadOnlyDictionary<CredentialField, Secret> fields)
    {
        // Large enough that it does not grow, and leaves no copy behind, for all but the longest secrets.
        var output = new ArrayBufferWriter<byte>(16 * 1024);
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
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
    public static Dictionary<CredentialField, Secret> Read(Secret content)
    {
        var fields = new Dictionary<CredentialField, Secret>();
        try
        {
            var reader = new Utf8JsonReader(content.RevealUtf8());
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new JsonException();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
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
