using System.Buffers;
using System.Globalization;
using System.Text.Json;
using McpRuntime.Network;

namespace McpRuntime.Approvals;

/// <summary>
/// The text of the approvals file: <c>{"connectors": {NAME: {"origins": {ORIGIN: TIME}, "private_hosts": {HOST:
/// TIME}}}}</c>.
/// </summary>
internal static class ApprovalJson
{
    public static ReadOnlyMemory<byte> Write(IReadOnlyDictionary<string, ConnectorApprovals> all)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("connectors");
            foreach (var name in all.Keys.Order(StringComparer.Ordinal))
            {
                var approvals = all[name];
                writer.WriteStartObject(name);
                writer.WriteStartObject("origins");
                foreach (var entry in approvals.Origins)
                    writer.WriteString(entry.Origin.ToString(), Time(entry.ApprovedAt));
                writer.WriteEndObject();
                writer.WriteStartObject("private_hosts");
                foreach (var entry in approvals.PrivateHosts)
                    writer.WriteString(entry.Host, Time(entry.ApprovedAt));
                writer.WriteEndObject();
                writer.WriteEndObject();
            }
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return output.WrittenMemory;
    }

    /// <exception cref="McpRuntimeException">The text is not of this form; guessing at approvals would be worse than
    /// stopping.</exception>
    public static IReadOnlyDictionary<string, ConnectorApprovals> Read(ReadOnlyMemory<byte> utf8, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            var all = new Dictionary<string, ConnectorApprovals>(StringComparer.Ordinal);
            foreach (var connector in document.RootElement.GetProperty("connectors").EnumerateObject())
                all[connector.Name] = ReadOne(connector.Value);
            return all;
        }
        catch (Exception error)
            when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new McpRuntimeException(
                $"The approvals file '{path}' is damaged: {error.Message} Correct it, or delete it and "
                    + $"approve again by importing.",
                error
            );
        }
    }

    private static ConnectorApprovals ReadOne(JsonElement connector)
    {
        var origins = new List<ApprovedOrigin>();
        var hosts = new List<ApprovedHost>();
        foreach (var entry in connector.GetProperty("origins").EnumerateObject())
        {
            if (!Origin.TryParse(entry.Name, out var origin))
                throw new FormatException($"'{entry.Name}' is not an http or https origin.");
            origins.Add(new ApprovedOrigin(origin, entry.Value.GetDateTimeOffset()));
        }
        foreach (var entry in connector.GetProperty("private_hosts").EnumerateObject())
            hosts.Add(new ApprovedHost(entry.Name, entry.Value.GetDateTimeOffset()));
        return new ConnectorApprovals { Origins = origins, PrivateHosts = hosts };
    }

    private static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
