using System.Management.Automation;
using System.Text.Json;
using McpRuntime.Cmdlets.Answers;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;
using McpRuntime.Manifests;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>A tool of a connector.</summary>
public sealed class McpTool
{
    private readonly Lazy<JsonElement> _schema;
    private readonly Lazy<object?> _inputSchema;

    internal McpTool(ServedTool served, ToolLocation location)
    {
        Location = location;
        Served = served;
        Name = served.Name;
        Connector = served.Connector.Name;
        Title = served.Tool.Title is { } title ? UntrustedText.Clean(title) : null;
        Description = served.Tool.Description is { } description ? UntrustedText.CleanMultiline(description) : null;
        Method = served.Method;
        Endpoint = UntrustedText.ForTerminal(served.Tool.Endpoint);
        ReadOnly = served.IsReadOnly;
        Impact = served.IsDestructive ? ConfirmImpact.High : served.IsReadOnly ? ConfirmImpact.None : ConfirmImpact.Medium;
        _schema = new Lazy<JsonElement>(() => SchemaBundler.Of(served.Connector).Bundle(served.Tool.InputSchema).ToElement());
        _inputSchema = new Lazy<object?>(() => JsonObjects.From(Schema));
    }

    internal McpTool(Tool remote, ToolLocation location)
    {
        Location = location;
        Name = remote.Name;
        Title = remote.Title is { } title ? UntrustedText.Clean(title) : null;
        Description = remote.Description is { } description ? UntrustedText.CleanMultiline(description) : null;
        ReadOnly = remote.Annotations?.ReadOnlyHint == true;
        Impact = remote.Annotations?.DestructiveHint == true ? ConfirmImpact.High : ReadOnly ? ConfirmImpact.None : ConfirmImpact.Medium;
        _schema = new Lazy<JsonElement>(remote.InputSchema);
        _inputSchema = new Lazy<object?>(() => JsonObjects.From(Schema));
    }

    /// <summary>The name to call it by.</summary>
    public string Name { get; }

    /// <summary>The connector's name; null for a tool of another server.</summary>
    public string? Connector { get; }

    public string? Title { get; }

    public string? Description { get; }

    /// <summary>The HTTP method.</summary>
    public string? Method { get; }

    /// <summary>Method and path; null for a tool of another server.</summary>
    public string? Endpoint { get; }

    /// <summary>Calling it changes nothing: by its HTTP method, or, for another server's, as that server says.</summary>
    public bool ReadOnly { get; }

    /// <summary>The JSON Schema of its arguments.</summary>
    public object? InputSchema => _inputSchema.Value;

    internal JsonElement Schema => _schema.Value;

    /// <summary>How much a call changes, for <c>$ConfirmPreference</c>.</summary>
    internal ConfirmImpact Impact { get; }

    /// <summary>Where the tool is called.</summary>
    internal ToolLocation Location { get; }

    /// <summary>The tool in this session; null for another server's.</summary>
    internal ServedTool? Served { get; }

    public override string ToString() => Name;
}
