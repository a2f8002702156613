using System.Text.Json;

namespace McpRuntime.Manifests;

/// <summary>Reads <c>server_variables</c>, <c>servers</c> and <c>source</c>.</summary>
internal static class ServerReader
{
    private static readonly string[] VariableKeys = ["default", "enum", "description"];
    private static readonly string[] ServerKeys = ["url", "description"];
    private static readonly string[] SourceKeys = ["location", "sha256", "openapi", "choices"];

    public static OrderedDictionary<string, ServerVariable> ReadVariables(ManifestFields fields, JsonElement value)
    {
        var variables = new OrderedDictionary<string, ServerVariable>(StringComparer.Ordinal);
        if (value.ValueKind == JsonValueKind.Null || !fields.Enter(value, JsonValueKind.Object))
            return variables;
        foreach (var property in value.EnumerateObject())
        {
            var name = fields.At(property);
            var variable = new ServerVariable(Default: null);
            if (fields.Enter(property.Value, JsonValueKind.Object))
            {
                foreach (var member in property.Value.EnumerateObject())
                    variable = ReadVariable(fields, variable, fields.At(member), member.Value);
                fields.Leave();
            }
            variables[name] = variable;
        }
        fields.Leave();
        return variables;
    }

    public static List<ServerAlternative> ReadServers(ManifestFields fields, JsonElement value)
    {
        var servers = new List<ServerAlternative>();
        if (value.ValueKind == JsonValueKind.Null || !fields.Enter(value, JsonValueKind.Array))
            return servers;
        foreach (var item in value.EnumerateArray())
        {
            fields.At(servers.Count);
            servers.Add(ReadServer(fields, item));
        }
        fields.Leave();
        return servers;
    }

    public static ManifestSource? ReadSource(ManifestFields fields, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null || !fields.Enter(value, JsonValueKind.Object))
            return null;
        string? location = null,
            sha256 = null,
            openApi = null;
        var choices = ImportChoices.None;
        foreach (var property in value.EnumerateObject())
        {
            switch (fields.At(property))
            {
                case "location":
                    location = fields.Needed(property.Value);
                    break;
                case "sha256":
                    sha256 = fields.Text(property.Value);
                    break;
                case "openapi":
                    openApi = fields.Text(property.Value);
                    break;
                case "choices":
                    choices = ChoicesJson.Read(fields, property.Value);
                    break;
                default:
                    fields.Unknown(property.Name, "'source'", SourceKeys);
                    break;
            }
        }
        if (location is null)
            fields.Missing("location", "'source'");
        fields.Leave();
        return new ManifestSource(location ?? "", sha256, openApi) { Choices = choices };
    }

    private static ServerVariable ReadVariable(
        ManifestFields fields,
        ServerVariable variable,
        string name,
        JsonElement value
    )
    {
        switch (name)
        {
            case "default":
                return variable with { Default = fields.Text(value) };
            case "enum":
                return variable with { Enum = fields.Texts(value) };
            case "description":
                return variable with { Description = fields.Text(value) };
            default:
                fields.Unknown(name, "a server variable", VariableKeys);
                return variable;
        }
    }

    private static ServerAlternative ReadServer(ManifestFields fields, JsonElement item)
    {
        if (item.ValueKind == JsonValueKind.String)
            return new ServerAlternative(item.GetString()!);
        string? url = null,
            description = null;
        if (!fields.Enter(item, JsonValueKind.Object))
            return new ServerAlternative("");
        foreach (var property in item.EnumerateObject())
        {
            switch (fields.At(property))
            {
                case "url":
                    url = fields.Needed(property.Value);
                    break;
                case "description":
                    description = fields.Text(property.Value);
                    break;
                default:
                    fields.Unknown(property.Name, "a server", ServerKeys);
                    break;
            }
        }
        if (url is null)
            fields.Missing("url", "A server");
        fields.Leave();
        return new ServerAlternative(url ?? "", description);
    }
}
