using McpRuntime.Connectors;
using McpRuntime.Connectors.Listing;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.Server;

namespace McpRuntime.Tests.Server;

/// <summary>Connectors and tools as short as a test wants them.</summary>
internal static class TestTools
{
    public static ToolManifest Tool(string name, string endpoint = "GET /x", string schema = """{"type":"object"}""") =>
        new()
        {
            Name = name,
            Endpoint = endpoint,
            InputSchema = JsonText.Parse(schema),
            Description = $"Does {name}.",
        };

    public static ConnectorManifest Connector(string name, params ToolManifest[] tools) =>
        new()
        {
            Name = name,
            Version = "1.0.0",
            BaseUrl = "https://example.com",
            Tools = tools,
        };

    public static ConnectorManifest Connector(string name, params string[] tools) =>
        Connector(name, Array.ConvertAll(tools, tool => Tool(tool)));

    public static ToolList List(params ConnectorManifest[] connectors) =>
        new(ToolCatalog.Create(connectors), [], new ListForm());
}

/// <summary>A source whose list the test sets.</summary>
internal sealed class SettableSource(ToolList list) : IToolSource
{
    private ToolList _list = list;

    public event EventHandler? Changed;

    public ValueTask<ToolCallContext> OpenAsync(RequestOrigin origin, CancellationToken cancellationToken) =>
        new(new ToolCallContext(_list, origin));

    public void Set(ToolList list)
    {
        _list = list;
        Changed?.Invoke(this, EventArgs.Empty);
    }
}
