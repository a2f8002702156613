using System.Text.Json;
using McpRuntime.Calls.Paging;
using McpRuntime.Cmdlets.Answers;
using McpRuntime.Cmdlets.Folders;
using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.Server;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>
/// The tools of this session with those that every server of the runtime has itself, under the same setting.
/// </summary>
internal sealed class WithBuiltIns(IToolTarget connectors, RuntimeSettings settings) : IToolTarget
{
    private readonly IReadOnlyList<McpTool> _builtIns =
    [
        .. ServedTools
            .BuiltIns(settings)
            .Select(tool => new McpTool(tool, new ToolLocation(null, null, settings.ConnectorsFolder))),
    ];

    public IReadOnlyList<McpTool> List() => [.. _builtIns, .. connectors.List()];

    public McpTool Find(string name) =>
        _builtIns.FirstOrDefault(tool => tool.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? connectors.Find(name);

    public IAnswer Call(CallRequest call) =>
        call.Tool.BuiltIn is { } builtIn
            ? new ServerAnswer(builtIn.Invoke(call.Arguments), call.MaximumBytes)
            : connectors.Call(call);

    public PageReading? ReadPages(CallRequest call, PageCaps caps) => connectors.ReadPages(call, caps);

    public IToolTarget For(McpToolCommand cmdlet) => new WithBuiltIns(connectors.For(cmdlet), settings);

    public string Preview(McpTool tool, JsonElement arguments, string? profile) =>
        tool.BuiltIn is null
            ? connectors.Preview(tool, arguments, profile)
            : $"{tool.Name} {UntrustedText.ForTerminal(arguments.GetRawText())}";

    public void Dispose() => connectors.Dispose();
}
