using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace McpRuntime.Credentials;

/// <summary>
/// The text of the records' file: <c>{"connectors": {NAME: {SCHEME: {"vault": …, "secret": …, …}}}}</c>.
/// </summary>
internal static class SecretRecordJson
{
    /// <param name="entries">Ordered by connector.</param>
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<SecretRecordEntry> entries)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("connectors");
            foreach (var connector in entries.GroupBy(entry => entry.Connector, StringComparer.Ordinal))
            {
                writer.WriteStartObject(connector.Key);
                foreach (var entry in connector)
                    Write(writer, entry.Scheme, entry.Record);
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return output.WrittenMemory;
    }

    /// <exception cref="McpRuntimeException">The text is not of this form.</exception>
    public static IReadOnlyList<SecretRecordEntry> Read(ReadOnlyMemory<byte> utf8, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            var entries = new List<SecretRecordEntry>();
            foreach (var connector in document.RootElement.GetProperty("connectors").EnumerateObject())
            {
                foreach (var scheme in connector.Value.EnumerateObject())
                    entries.Add(new SecretRecordEntry(connector.Name, scheme.Name, ReadOne(scheme.Value)));
            }
            return entries;
        }
        catch (Exception error)
            when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new McpRuntimeException(
                $"The file '{path}', which says where credentials are kept, is damaged: {error.Message} "
                    + $"Correct it, or delete it and set the credentials again.",
                error
            );
        }
    }

    private static void Write(Utf8JsonWriter writer, string scheme, SecretRecord record)
    {
        writer.WriteStartObject(scheme);
        writer.WriteString("vault", record.Vault);
        writer.WriteString("secret", record.SecretName);
        writer.WriteBoolean("own", record.IsOwn);
        writer.WriteStartArray("fields");
        foreach (var field in record.Fields)
            writer.WriteStringValue(CredentialName.Of(field));
        writer.WriteEndArray();
        writer.WriteString("set_at", Time(record.SetAt));
        if (record.ExpiresAt is { } end)
            writer.WriteString("expires_at", Time(end));
        if (record.Stamp is { } stamp)
            writer.WriteString("stamp", stamp);
        writer.WriteEndObject();
    }

    private static SecretRecord ReadOne(JsonElement record) =>
        new(
            Text(record, "vault"),
            Text(record, "secret"),
            record.GetProperty("own").GetBoolean(),
            [
                .. record
                    .GetProperty("fields")
                    .EnumerateArray()
                    .Select(field => CredentialName.FieldOf(field.GetString() ?? "")),
            ],
            record.GetProperty("set_at").GetDateTimeOffset(),
            record.TryGetProperty("expires_at", out var end) ? end.GetDateTimeOffset() : null
        )
        {
            Stamp = record.TryGetProperty("stamp", out var stamp) ? stamp.GetString() : null,
        };

    private static string Text(JsonElement record, string name) =>
        record.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null.");

    // To the tick: the time tells one setting from the next.
    private static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
}
