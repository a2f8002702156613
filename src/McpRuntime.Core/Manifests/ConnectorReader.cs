using System.Text.Json;
using McpRuntime.Configuration;
using McpRuntime.Json;

namespace McpRuntime.Manifests;

/// <summary>Reads the connector.</summary>
internal static class ConnectorReader
{
    private const string Owner = "a connector";

    private static readonly string[] RootKeys = ["connector"];

    private static readonly string[] Keys =
    [
        "manifest_version",
        "name",
        "version",
        "title",
        "description",
        "base_url",
        "server_variables",
        "servers",
        "source",
        "security_schemes",
        "security",
        "credentials",
        "limits",
        "answer",
        "cache",
        "command_prefix",
        "argument_check",
        "definitions",
        "tools",
    ];

    /// <summary>Null where there is no connector at all, or one of a version that is too new to judge.</summary>
    public static ConnectorManifest? Read(ManifestFields fields, JsonElement root)
    {
        if (!fields.Enter(root, JsonValueKind.Object))
            return null;
        ConnectorManifest? manifest = null;
        var found = false;
        foreach (var property in root.EnumerateObject())
        {
            if (fields.At(property) != "connector")
            {
                fields.Unknown(property.Name, "a manifest", RootKeys);
                continue;
            }
            found = true;
            if (fields.Enter(property.Value, JsonValueKind.Object))
            {
                manifest = ReadConnector(fields, property.Value);
                fields.Leave();
            }
        }
        fields.Leave();
        if (!found)
            fields.Error(
                ManifestRules.Root,
                "A manifest has one top-level key, 'connector'; it is missing. Is this an OpenAPI document? "
                    + "Import it first."
            );
        return manifest;
    }

    /// <summary>As <see cref="Read"/>, of a text that may lack shared schemas and tools.</summary>
    public static ConnectorManifest? ReadHead(ManifestFields fields, JsonElement root)
    {
        if (!fields.Enter(root, JsonValueKind.Object) || !root.TryGetProperty("connector", out var connector))
            return null;
        fields.At("connector");
        return fields.Enter(connector, JsonValueKind.Object) ? ReadConnector(fields, connector, isWhole: false) : null;
    }

    private static ConnectorManifest? ReadConnector(ManifestFields fields, JsonElement connector, bool isWhole = true)
    {
        var manifest = new ConnectorManifest
        {
            ManifestVersion = 1,
            Name = "",
            Version = "",
            BaseUrl = "",
            Tools = [],
        };
        if (connector.TryGetProperty("manifest_version", out var version))
        {
            fields.At("manifest_version");
            if (ReadVersion(fields, version) is not { } number)
                return null;
            manifest = manifest with { ManifestVersion = number };
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in connector.EnumerateObject())
        {
            seen.Add(fields.At(property));
            manifest = ReadMember(fields, manifest, property.Name, property.Value);
        }
        if (isWhole)
            ReportMissing(fields, seen);
        return manifest;
    }

    private static int? ReadVersion(ManifestFields fields, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var version) && version >= 1)
        {
            if (version <= ConnectorManifest.CurrentVersion)
                return version;
            fields.Error(
                ManifestRules.Version,
                $"'manifest_version' is {version}; this version of McpRuntime reads up to "
                    + $"{ConnectorManifest.CurrentVersion}. Update McpRuntime, or import the API again."
            );
            return null;
        }
        fields.Error(
            ManifestRules.Version,
            $"'manifest_version' is {value.GetRawText()}; it is {ConnectorManifest.CurrentVersion}, or absent "
                + $"in version 1."
        );
        return null;
    }

    private static ConnectorManifest ReadMember(
        ManifestFields fields,
        ConnectorManifest manifest,
        string name,
        JsonElement value
    )
    {
        switch (name)
        {
            case "manifest_version":
                return manifest;
            case "name":
                return manifest with { Name = fields.Needed(value) };
            case "version":
                return manifest with { Version = fields.Needed(value) };
            case "title":
                return manifest with { Title = fields.Text(value) };
            case "description":
                return manifest with { Description = fields.Text(value) };
            case "base_url":
                return manifest with { BaseUrl = fields.Needed(value) };
            case "server_variables":
                return manifest with { ServerVariables = ServerReader.ReadVariables(fields, value) };
            case "servers":
                return manifest with { Servers = ServerReader.ReadServers(fields, value) };
            case "source":
                return manifest with { Source = ServerReader.ReadSource(fields, value) };
            case "security_schemes":
                return manifest with { SecuritySchemes = SecurityReader.ReadSchemes(fields, value) };
            case "security":
                return manifest with { Security = SecurityReader.ReadRequirements(fields, value) ?? [] };
            case "credentials":
                return manifest with { Credentials = CredentialChoicesJson.Read(fields, value) };
            case "limits":
                return manifest with { Limits = LimitsReader.Read(fields, value) };
            case "answer":
                return manifest with { Answer = AnswerRulesReader.Read(fields, value) };
            case "cache":
                return manifest with { Cache = fields.Flag(value) ?? false };
            case "command_prefix":
                return manifest with { CommandPrefix = fields.Text(value) };
            case "argument_check":
                return manifest with
                {
                    ArgumentCheck = (ArgumentCheck?)fields.Word(value, ManifestWords.ArgumentChecks),
                };
            case "definitions":
                return manifest with { Definitions = ReadDefinitions(fields, value) };
            case "tools":
                return manifest with { Tools = ReadTools(fields, value) };
            default:
                fields.Unknown(name, Owner, Keys);
                return manifest;
        }
    }

    private static void ReportMissing(ManifestFields fields, HashSet<string> seen)
    {
        foreach (var name in (ReadOnlySpan<string>)["name", "version", "base_url", "tools"])
        {
            if (seen.Contains(name))
                continue;
            fields.At(name);
            fields.Error(ManifestRules.MissingKey, $"The connector has no '{name}'; add it.");
        }
    }

    private static OrderedDictionary<string, JsonText> ReadDefinitions(ManifestFields fields, JsonElement value)
    {
        var definitions = new OrderedDictionary<string, JsonText>(StringComparer.Ordinal);
        if (value.ValueKind == JsonValueKind.Null || !fields.Enter(value, JsonValueKind.Object))
            return definitions;
        foreach (var property in value.EnumerateObject())
        {
            var name = fields.At(property);
            if (fields.Schema(property.Value, allowsBoolean: true) is { } schema)
                definitions[name] = schema;
        }
        fields.Leave();
        return definitions;
    }

    private static List<ToolManifest> ReadTools(ManifestFields fields, JsonElement value)
    {
        if (!fields.Enter(value, JsonValueKind.Array))
            return [];
        var tools = new List<ToolManifest>(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
        {
            fields.At(tools.Count);
            tools.Add(ToolReader.Read(fields, item));
        }
        fields.Leave();
        return tools;
    }
}
