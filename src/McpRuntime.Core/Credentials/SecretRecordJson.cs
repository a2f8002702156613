using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace McpRuntime.Credentials;

/// <summary>
/// The text of the records' file: <c>{"connectors": {NAME: {SCHEME: {"vault": …, "secret": …, …}}}}</c>, and
/// <c>"profiles": {NAME: {SCHEME: {PROFILE: {…}}}}</c> for those that are not of the default profile.
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
            foreach (var connector in Of(entries, isDefault: true))
            {
                writer.WriteStartObject(connector.Key);
                foreach (var entry in connector)
                    Write(writer, entry.Scheme, entry.Record);
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
            WriteProfiles(writer, entries);
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
                    entries.Add(new(new CredentialKey(connector.Name, scheme.Name), ReadOne(scheme.Value)));
            }
            if (document.RootElement.TryGetProperty("profiles", out var profiles))
                ReadProfiles(entries, profiles);
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

    private static IEnumerable<IGrouping<string, SecretRecordEntry>> Of(
        IReadOnlyList<SecretRecordEntry> entries,
        bool isDefault
    ) =>
        entries
            .Where(entry => (entry.Key.Profile == CredentialKey.DefaultProfile) == isDefault)
            .GroupBy(entry => entry.Connector, StringComparer.Ordinal);

    private static void WriteProfiles(Utf8JsonWriter writer, IReadOnlyList<SecretRecordEntry> entries)
    {
        writer.WriteStartObject("profiles");
        foreach (var connector in Of(entries, isDefault: false))
        {
            writer.WriteStartObject(connector.Key);
            foreach (var scheme in connector.GroupBy(entry => entry.Scheme, StringComparer.Ordinal))
            {
                writer.WriteStartObject(scheme.Key);
                foreach (var entry in scheme)
                    Write(writer, entry.Key.Profile, entry.Record);
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private static void ReadProfiles(List<SecretRecordEntry> entries, JsonElement profiles)
    {
        foreach (var connector in profiles.EnumerateObject())
        {
            foreach (var scheme in connector.Value.EnumerateObject())
            {
                foreach (var profile in scheme.Value.EnumerateObject())
                {
                    var key = new CredentialKey(connector.Name, scheme.Name) { Profile = profile.Name };
                    entries.Add(new(key, ReadOne(profile.Value)));
                }
            }
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, SecretRecord record)
    {
        writer.WriteStartObject(name);
        if (record.Store != SecretRecord.InVault)
            writer.WriteString("store", record.Store);
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
        if (record.IsSignIn)
        {
            writer.WriteBoolean("sign_in", true);
            writer.WriteNumber("generation", record.Generation);
        }
        if (record.Account is { } account)
            writer.WriteString("account", account);
        if (record.Scopes.Count > 0)
        {
            writer.WriteStartArray("scopes");
            foreach (var scope in record.Scopes)
                writer.WriteStringValue(scope);
            writer.WriteEndArray();
        }
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
            Stamp = OptionalText(record, "stamp"),
            Store = OptionalText(record, "store") ?? SecretRecord.InVault,
            IsSignIn = record.TryGetProperty("sign_in", out var signIn) && signIn.GetBoolean(),
            Generation = record.TryGetProperty("generation", out var generation) ? generation.GetInt64() : 0,
            Account = OptionalText(record, "account"),
            Scopes = record.TryGetProperty("scopes", out var scopes)
                ? [.. scopes.EnumerateArray().Select(scope => scope.GetString() ?? "")]
                : [],
        };

    private static string? OptionalText(JsonElement record, string name) =>
        record.TryGetProperty(name, out var text) ? text.GetString() : null;

    private static string Text(JsonElement record, string name) =>
        record.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null.");

    // To the tick: the time tells one setting from the next.
    private static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
}
