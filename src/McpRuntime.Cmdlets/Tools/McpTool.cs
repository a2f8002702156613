using McpRuntime.Connectors;
using McpRuntime.Diagnostics;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>A tool of a connector.</summary>
public sealed class McpTool
{
    private readonly Lazy<object?> _inputSchema;

    internal McpTool(ServedTool served)
        : this(served.Name, served.Connector.Name, served.Tool, served.Method, served.IsReadOnly)
    {
    }

    internal McpTool(ConnectorManifest connector, ToolManifest tool)
        : this(new ServedTool(tool.Name, connector, tool))
    {
    }

    private McpTool(string name, string connector, ToolManifest tool, string? method, bool isReadOnly)
    {
        Name = name;
        Connector = connector;
        Title = tool.Title is null ? null : UntrustedText.Clean(tool.Title);
        Description = tool.Description is null ? null : UntrustedText.CleanMultiline(tool.Description);
        Method = method;
        Endpoint = UntrustedText.ForTerminal(tool.Endpoint);
        ReadOnly = isReadOnly;
        var schema = tool.InputSchema;
        _inputSchema = new Lazy<object?>(() => JsonObjects.From(schema.ToElement()));
    }

    /// <summary>The name to call it by.</summary>
    public string Name { get; }

    /// <summary>The connector's name.</summary>
    public string Connector { get; }

    public string? Title { get; }

    public string? Description { get; }

    /// <summary>The HTTP method.</summary>
    public string? Method { get; }

    /// <summary>Method and path.</summary>
    public string Endpoint { get; }

    /// <summary>Calling it changes nothing, by its HTTP method.</summary>
    public bool ReadOnly { get; }

    /// <summary>The JSON Schema of its arguments.</summary>
    public object? InputSchema => _inputSchema.Value;

    public override string ToString() => Name;
}
