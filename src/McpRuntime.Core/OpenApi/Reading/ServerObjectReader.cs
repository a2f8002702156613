using System.Text.Json;
using McpRuntime.Diagnostics;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Reading;

namespace McpRuntime.OpenApi.Reading;

/// <summary>Reads Server Objects (OpenAPI 3.2 section 4.6).</summary>
internal static class ServerObjectReader
{
    /// <param name="owner">The document, path item or operation.</param>
    /// <param name="list">Its <c>servers</c>; undefined where it has none.</param>
    /// <param name="findings">Told of what is not a server.</param>
    internal static IReadOnlyList<ServerObject> Read(Node owner, JsonElement list, ImportFindings findings)
    {
        if (list.ValueKind != JsonValueKind.Array)
            return [];
        var node = owner.Child("servers", list);
        var servers = new List<ServerObject>(list.GetArrayLength());
        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            var place = node.Child(index++, item);
            if (JsonRead.Text(item, "url"u8) is not { } url)
            {
                findings.Warn(ImportRules.Server, place, "A server needs a 'url'; ignored.");
                continue;
            }
            var description = UntrustedText.Clean(
                JsonRead.Text(item, "description"u8) ?? JsonRead.Text(item, "name"u8)
            );
            servers.Add(
                new ServerObject(url.Trim(), description.Length == 0 ? null : description, place)
                {
                    Variables = Variables(place, url, findings),
                }
            );
        }
        return servers;
    }

    // Only those that the URL holds: a value for another has nowhere to go.
    private static List<KeyValuePair<string, ServerVariable>> Variables(
        Node server,
        string url,
        ImportFindings findings
    )
    {
        var variables = new List<KeyValuePair<string, ServerVariable>>();
        JsonRead.TryGetObject(server.Element, "variables"u8, out var known);
        foreach (var name in ServerTemplate.Names(url))
        {
            var variable = new ServerVariable(null);
            if (
                known.ValueKind == JsonValueKind.Object
                && known.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.Object
            )
            {
                var description = UntrustedText.CleanMultiline(JsonRead.Text(value, "description"u8));
                var preset = value.TryGetProperty("default"u8, out var text) ? JsonRead.Scalar(text) : null;
                var values = Values(value);
                if (preset is not null && values.Count > 0 && !values.Contains(preset))
                {
                    findings.Warn(
                        ImportRules.Server,
                        server,
                        $"The default '{preset}' of the server variable '{name}' is not one of its values "
                            + $"{string.Join(", ", values)}; any value is allowed."
                    );
                    values.Clear();
                }
                variable = new ServerVariable(preset)
                {
                    Enum = values,
                    Description = description.Length == 0 ? null : description,
                };
            }
            variables.Add(new(name, variable));
        }
        return variables;
    }

    private static List<string> Values(JsonElement variable)
    {
        var values = new List<string>();
        if (JsonRead.TryGetArray(variable, "enum"u8, out var list))
        {
            foreach (var item in list.EnumerateArray())
            {
                if (JsonRead.Scalar(item) is { } text)
                    values.Add(text);
            }
        }
        return values;
    }
}
