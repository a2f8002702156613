using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Text.Json;
using McpRuntime.Cmdlets.Answers;
using McpRuntime.Cmdlets.Parameters;
using McpRuntime.Connectors;
using McpRuntime.Connectors.Costs;
using McpRuntime.Diagnostics;
using McpRuntime.Manifests;
using McpRuntime.Server;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>A tool of a connector, of this runtime itself, or of an MCP server.</summary>
public sealed class McpTool
{
    // A tool of a session's connectors is the same object until its manifest changes.
    private static readonly ConditionalWeakTable<ServedTool, ToolArguments> Known = [];

    // Read and cleaned when someone looks: a list of names needs none of it.
    private readonly Lazy<string?> _title;
    private readonly Lazy<string?> _description;
    private readonly Lazy<string[]> _tags = new([]);
    private readonly Lazy<ToolArguments> _arguments;
    private readonly Lazy<object?> _inputSchema;
    private readonly Lazy<JsonElement?> _output;
    private readonly Tool? _remote;

    internal McpTool(ServedTool served, ToolLocation location)
        : this(
            served.Name,
            () => served.Tool.Title,
            () => served.Tool.Description,
            location,
            () => Known.GetValue(served, static tool => new ToolArguments(Bundle(tool, tool.Tool.InputSchema))),
            () => served.Tool.OutputSchema is { } output ? Bundle(served, output) : null
        )
    {
        Served = served;
        Connector = served.Connector.Name;
        Method = served.Method;
        Endpoint = UntrustedText.ForTerminal(served.Endpoint);
        _tags = new Lazy<string[]>(() => [.. served.Tool.Tags.Select(UntrustedText.Clean)]);
        ReadOnly = served.IsReadOnly;
        Impact =
            served.IsDestructive ? ConfirmImpact.High
            : served.IsReadOnly ? ConfirmImpact.None
            : ConfirmImpact.Medium;
    }

    internal McpTool(BuiltInTool builtIn, ToolLocation location)
        : this(
            builtIn.Name,
            () => builtIn.Title,
            () => builtIn.Description,
            location,
            () => new ToolArguments(builtIn.InputSchema.ToElement()),
            () => null
        )
    {
        BuiltIn = builtIn;
        ReadOnly = true;
    }

    internal McpTool(Tool remote, ToolLocation location)
        : this(
            remote.Name,
            () => remote.Title,
            () => remote.Description,
            location,
            () => new ToolArguments(remote.InputSchema),
            () => remote.OutputSchema
        )
    {
        var told = new RemoteToolMeta(remote);
        Connector = told.Connector;
        Endpoint = told.Endpoint;
        Method =
            told.Endpoint is { } endpoint && EndpointTemplate.TryParse(endpoint, out var template)
                ? template.Method
                : null;
        _tags = new Lazy<string[]>(told.Tags);
        Server = location.Server?.Name ?? location.Runtime?.Name;
        _remote = remote;
        ReadOnly = remote.Annotations?.ReadOnlyHint == true;
        Impact =
            remote.Annotations?.DestructiveHint == true ? ConfirmImpact.High
            : ReadOnly ? ConfirmImpact.None
            : ConfirmImpact.Medium;
    }

    private McpTool(
        string name,
        Func<string?> title,
        Func<string?> description,
        ToolLocation location,
        Func<ToolArguments> arguments,
        Func<JsonElement?> output
    )
    {
        Name = name;
        _title = new Lazy<string?>(() => title() is { } text ? UntrustedText.Clean(text) : null);
        _description = new Lazy<string?>(() => description() is { } text ? UntrustedText.CleanMultiline(text) : null);
        Location = location;
        _arguments = new Lazy<ToolArguments>(arguments);
        _inputSchema = new Lazy<object?>(() => JsonObjects.From(Arguments.Schema));
        _output = new Lazy<JsonElement?>(output);
    }

    /// <summary>The name to call it by.</summary>
    public string Name { get; }

    /// <summary>
    /// The connector's name; null for a built-in tool, and for one of a server that has no connectors.
    /// </summary>
    public string? Connector { get; }

    /// <summary>Name of the server that has it; null for a tool of this session.</summary>
    public string? Server { get; }

    public string? Title => _title.Value;

    public string? Description => _description.Value;

    /// <summary>The HTTP method.</summary>
    public string? Method { get; }

    /// <summary>Method and path; null for a tool that is not an operation of an API.</summary>
    public string? Endpoint { get; }

    /// <summary>Its PowerShell command; null where its connector has no commands.</summary>
    public string? Command =>
        Served is { Connector.CommandPrefix: { } prefix, Tool.Command: { } command }
            ? command.WithPrefix(prefix)
            : null;

    /// <summary>The tags of the operation.</summary>
    public string[] Tags => _tags.Value;

    /// <summary>
    /// Calling it changes nothing: by its HTTP method, or, for another server's, as that server says.
    /// </summary>
    public bool ReadOnly { get; }

    /// <summary>The JSON Schema of its arguments, with everything that it refers to.</summary>
    public object? InputSchema => _inputSchema.Value;

    /// <summary>Its arguments.</summary>
    internal ToolArguments Arguments => _arguments.Value;

    /// <summary>The JSON Schema of its answer; null where nothing is known about it.</summary>
    internal JsonElement? Output => _output.Value;

    /// <summary>
    /// The argument that objects of the API have under another name; null where the path does not say.
    /// </summary>
    internal ItemArgument? Item =>
        Endpoint is { } endpoint && EndpointTemplate.TryParse(Served?.Endpoint ?? endpoint, out var template)
            ? ItemArgument.Of(template.Path, ArgumentInPath)
            : null;

    /// <summary>How much a call changes, for <c>$ConfirmPreference</c>.</summary>
    internal ConfirmImpact Impact { get; }

    /// <summary>Where the tool is called.</summary>
    internal ToolLocation Location { get; }

    /// <summary>The tool answers with a list in pages, and the manifest says how the next one is asked for.</summary>
    public bool HasPages => Served?.Tool.Pagination is { Style: not PagingStyle.None };

    /// <summary>The tool of a connector in this session; null for any other.</summary>
    internal ServedTool? Served { get; }

    /// <summary>The tool of this runtime itself, in this session; null for any other.</summary>
    internal BuiltInTool? BuiltIn { get; }

    /// <summary>What it takes of a model's context in a list of tools.</summary>
    /// <param name="withOutputSchema">Whether a list of this session's tools carries output schemas; a server's carries
    /// what it carries.</param>
    internal ToolCost Cost(bool withOutputSchema)
    {
        if (Served is { } served)
            return ToolCost.Of(served, withOutputSchema);
        var entry = _remote
            ?? new Tool
            {
                Name = Name,
                Title = Title,
                Description = Description,
                InputSchema = Arguments.Schema,
                Annotations = new ToolAnnotations { ReadOnlyHint = ReadOnly },
            };
        return ToolCost.Of(JsonSerializer.SerializeToElement(entry, McpJsonUtilities.DefaultOptions));
    }

    /// <summary>The connector's name is like a pattern with wildcards.</summary>
    internal bool IsOf(string connector) => Connector is { } own && ToolChoice.IsLike(connector, own);

    public override string ToString() => Name;

    // A server does not tell which argument a variable of the path is; nearly always it has the same name.
    private string? ArgumentInPath(string variable)
    {
        if (Served?.Tool.Arguments is { } bindings)
            return bindings
                .FirstOrDefault(binding => binding.Value.In == ArgumentLocation.Path && binding.Value.Name == variable)
                .Key;
        return Arguments.All.Any(argument => argument.Name == variable) ? variable : null;
    }

    private static JsonElement Bundle(ServedTool tool, Json.JsonText schema) =>
        SchemaBundler.Of(tool.Connector).Bundle(schema).ToElement();
}
