using McpRuntime.Concurrency;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;
using McpRuntime.OpenApi.Reading;
using McpRuntime.OpenApi.Schemas;

namespace McpRuntime.OpenApi.Projection;

/// <summary>Puts a connector together, of values that are all known.</summary>
/// <param name="Document">Its OpenAPI document.</param>
/// <param name="Name">Its name, where the user gave one.</param>
/// <param name="BaseUrl">Its server.</param>
/// <param name="Query">What every request carries that goes to that server.</param>
/// <param name="Servers">Servers of connector and tools.</param>
/// <param name="Security">Security of connector and tools.</param>
/// <param name="Schemas">The shared schemas.</param>
/// <param name="Tools">The tools.</param>
internal sealed record ConnectorAssembly(
    Node Document,
    string? Name,
    string BaseUrl,
    IReadOnlyList<FixedValue> Query,
    ConnectorServers Servers,
    ConnectorSecurity Security,
    NamedSchemas Schemas,
    IReadOnlyList<WrittenTool> Tools
)
{
    /// <summary>The manifest, and what is reported of each of its tools.</summary>
    internal Found<AssembledConnector> Assemble()
    {
        var findings = new ImportFindings();
        JsonRead.TryGetObject(Document.Element, "info"u8, out var info);
        var own = McpExtension.Read(Document, findings);
        var definitions = Schemas.Definitions();
        var fingerprints = new SchemaFingerprints(definitions);
        using var workers = new WorkerPool<ToolWriter>(() => new ToolWriter(this, fingerprints));
        var tools = workers.Map([.. Enumerable.Range(0, Tools.Count)], static (worker, index) => worker.Write(index));
        var manifest = new ConnectorManifest
        {
            Name = Name ?? ConnectorIdentity.Name(own.Name ?? JsonRead.Text(info, "title"u8)),
            Version = ConnectorIdentity.Version(
                JsonRead.TryGet(info, "version"u8, out var version) ? JsonRead.Scalar(version) : null
            ),
            Title = DescriptionText.Title(own.Title ?? JsonRead.Text(info, "title"u8)),
            Description = DescriptionText.OrNull(
                own.Description
                    ?? DescriptionText.Join(JsonRead.Text(info, "summary"u8), JsonRead.Text(info, "description"u8))
            ),
            BaseUrl = BaseUrl,
            ServerVariables = Servers.Variables,
            Servers = Servers.Alternatives,
            SecuritySchemes = Security.Schemes,
            Security = Security.Needs,
            Definitions = definitions,
            Tools = Array.ConvertAll(tools, tool => tool.Manifest),
        };
        var imported = Array.ConvertAll(tools, tool => tool.Imported);
        return findings.With(new AssembledConnector(manifest, imported));
    }

    // What the operation says itself counts.
    private FixedValue[] WithQuery(ToolShape tool) =>
        [
            .. tool.Fixed,
            .. Query.Where(value =>
                !Array.Exists(tool.Bindings, binding =>
                    binding.Value.In == ArgumentLocation.Query && binding.Value.Name == value.Name
                ) && !tool.Fixed.Any(own => own.In == ArgumentLocation.Query && own.Name == value.Name)
            ),
        ];

    private sealed class ToolWriter(ConnectorAssembly connector, SchemaFingerprints fingerprints)
    {
        private readonly ChunkBuffer _texts = new();
        private readonly TokenEstimate _tokens = new(connector.Schemas);

        internal AssembledTool Write(int index)
        {
            var (written, shape, server) = (
                connector.Tools[index],
                connector.Tools[index].Shape,
                connector.Servers.OfTools[index]
            );
            var input = InputSchemaText.Of(written, connector.Schemas, _texts);
            var tool = new ToolManifest
            {
                Name = shape.Name,
                Title = shape.Title,
                Description = shape.Description,
                ImportedText = TextFingerprint.Of(shape.Title, shape.Description),
                Tags = shape.Tags,
                Endpoint = shape.Endpoint,
                Arguments = new ArgumentBindings(shape.Bindings),
                Fixed = connector.Query.Count > 0 && server is null ? connector.WithQuery(shape) : shape.Fixed,
                Body = shape.Body,
                Accept = shape.Output.Accept,
                InputSchema = input,
                ImportedSchema = fingerprints.Of(input).ToString(),
                OutputSchema = written.Output?.ToText(connector.Schemas, SchemaDirection.Output, _texts),
                ResponseHeaders = shape.Output.Headers,
                Pagination = shape.Pagination,
                Annotations = shape.Annotations,
                Security = connector.Security.OfTools[index],
                Server = server,
            };
            return new AssembledTool(
                tool,
                new ImportedTool(tool.Name, tool.Endpoint, shape.OperationId, _tokens.Of(tool, written))
                {
                    Command = shape.Command,
                }
            );
        }
    }
}

/// <param name="Manifest">A connector.</param>
/// <param name="Imported">What is reported of each of its tools.</param>
internal sealed record AssembledConnector(ConnectorManifest Manifest, IReadOnlyList<ImportedTool> Imported);

/// <param name="Manifest">A tool.</param>
/// <param name="Imported">What is reported of it.</param>
internal sealed record AssembledTool(ToolManifest Manifest, ImportedTool Imported);
