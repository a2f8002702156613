using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Configuration;
using McpRuntime.Manifests;

namespace McpRuntime.Locks;

/// <summary>
/// Takes from a connector, as it is served, what a person reviews of its tools. What is not known to be shown or to be
/// bookkeeping counts as what a call does, so that a field which the manifest gets one day is in the lock at once.
/// </summary>
internal static class ToolReview
{
    private static readonly string[] Shown =
    [
        "title",
        "description",
        "tags",
        "pin",
        "annotations",
        "input_schema",
        "output_schema",
    ];

    // The name is the key, the fingerprints are in 'argument_check', and a command is PowerShell's word for the tool.
    private static readonly string[] NotOfTool =
    [
        "name",
        "command",
        "imported_text",
        "imported_schema",
        "argument_check",
        "security",
    ];

    private static readonly string[] NotOfConnector =
    [
        "name",
        "version",
        "title",
        "description",
        "servers",
        "source",
        "command_prefix",
        "argument_check",
        "security",
        "security_schemes",
    ];

    public static LockedConnector Of(ConnectorManifest connector)
    {
        var shared = SharedSchemas.Of(connector);
        var schemas = new Dictionary<string, ReviewedText>(StringComparer.Ordinal);
        var head = HeadOf(connector);
        var tools = new Dictionary<string, ReviewedTool>(StringComparer.Ordinal);
        foreach (var tool in connector.Tools)
            tools[tool.Name] = Of(connector, tool, head, shared, schemas);
        var text = new JsonObject { ["title"] = connector.Title, ["description"] = connector.Description };
        return new LockedConnector(Reviewed(text), schemas, tools);
    }

    private static ReviewedTool Of(
        ConnectorManifest connector,
        ToolManifest tool,
        JsonObject head,
        SharedSchemas shared,
        Dictionary<string, ReviewedText> schemas
    )
    {
        var shown = new JsonObject();
        var does = new JsonObject { ["connector"] = Members(head, name => !NotOfConnector.Contains(name)) };
        foreach (var (name, value) in ObjectOf(writer => ToolJson.Write(writer, tool)))
        {
            if (Shown.Contains(name))
                shown[name] = value?.DeepClone();
            else if (!NotOfTool.Contains(name))
                does[name] = value?.DeepClone();
        }
        shown["schemas"] = SchemasOf(connector, tool, shared, schemas);
        var security = tool.Security ?? connector.Security;
        does["security"] = ObjectOf(writer => WriteSecurity(writer, security))["security"]?.DeepClone();
        does["security_schemes"] = SchemesOf(head, security);
        does["argument_check"] = CheckOf(connector, tool, shared);
        return new ReviewedTool(Reviewed(shown), Reviewed(does));
    }

    private static JsonObject HeadOf(ConnectorManifest connector)
    {
        var head = (JsonObject)ObjectOf(writer => ManifestJson.WriteHead(writer, connector))["connector"]!;
        foreach (var (_, variable) in head["server_variables"] as JsonObject ?? [])
            (variable as JsonObject)?.Remove("description");
        foreach (var (_, scheme) in head["security_schemes"] as JsonObject ?? [])
            (scheme as JsonObject)?.Remove("description");
        return head;
    }

    // By their hashes: a tool reaches many, and many tools reach one.
    private static JsonObject SchemasOf(
        ConnectorManifest connector,
        ToolManifest tool,
        SharedSchemas shared,
        Dictionary<string, ReviewedText> schemas
    )
    {
        var fingerprints = new SchemaFingerprints(shared);
        var hashes = new JsonObject();
        foreach (var schema in new[] { tool.InputSchema, tool.OutputSchema })
        {
            if (schema is null)
                continue;
            foreach (var name in fingerprints.NamesReachedBy(schema))
            {
                if (!schemas.TryGetValue(name, out var reviewed))
                    schemas[name] = reviewed = new(CanonicalJson.Of(connector.Definitions[name].ToElement()));
                hashes[name] = reviewed.Hash;
            }
        }
        return hashes;
    }

    private static void WriteSecurity(ManifestJsonWriter writer, IReadOnlyList<SecurityRequirement> security)
    {
        writer.BeginObject();
        SecurityJson.WriteRequirements(writer, security);
        writer.EndObject();
    }

    private static JsonObject SchemesOf(JsonObject head, IReadOnlyList<SecurityRequirement> security)
    {
        var used = security.SelectMany(requirement => requirement.Schemes.Keys).ToHashSet(StringComparer.Ordinal);
        return Members(head["security_schemes"] as JsonObject ?? [], used.Contains);
    }

    private static string CheckOf(ConnectorManifest connector, ToolManifest tool, SharedSchemas shared)
    {
        var isAsImported = SchemaFingerprints.IsAsImported(tool, shared);
        if ((tool.ArgumentCheck ?? (isAsImported ? connector.ArgumentCheck : null)) is { } level)
            return ManifestWords.ArgumentChecks[(int)level];
        return isAsImported ? "as set for the server" : ManifestWords.ArgumentChecks[(int)ArgumentCheck.Strict];
    }

    private static JsonObject Members(JsonObject from, Func<string, bool> isMeant) =>
        new(
            from.Where(member => isMeant(member.Key))
                .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))
        );

    private static JsonObject ObjectOf(Action<ManifestJsonWriter> write)
    {
        var writer = new ManifestJsonWriter(4096);
        write(writer);
        return (JsonObject)JsonNode.Parse(writer.Written.Span)!;
    }

    private static ReviewedText Reviewed(JsonObject text) =>
        new(CanonicalJson.Of(JsonElement.Parse(text.ToJsonString())));
}
