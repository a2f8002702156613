using System.Collections;
using McpRuntime.Cmdlets.Completion;

namespace McpRuntime.Cmdlets.Servers;

/// <summary>Names of the open sessions of Connect-McpServer.</summary>
public sealed class ServerNameCompleter : McpCompleter
{
    private protected override IEnumerable<(string Text, string? ToolTip)> Candidates(IDictionary bound) =>
        ServerCompleter
            .Servers.Get()
            .OfType<McpServer>()
            .Select(server => (server.Name, (string?)$"{server.Uri?.ToString() ?? server.Command}, {server.State}"));
}
