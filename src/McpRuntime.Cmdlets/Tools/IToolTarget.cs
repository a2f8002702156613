using System.Text.Json;
using McpRuntime.Cmdlets.Answers;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>Where tools are: in this session, or behind an MCP server.</summary>
internal interface IToolTarget : IDisposable
{
    /// <summary>All tools.</summary>
    IReadOnlyList<McpTool> List();

    /// <summary>The tool that a name means.</summary>
    /// <exception cref="ToolNotFoundException">It means none, or several.</exception>
    McpTool Find(string name);

    /// <summary>Calls a tool of <see cref="Find"/>.</summary>
    /// <returns>To be disposed.</returns>
    IAnswer Call(CallRequest call);

    /// <summary>The same tools for another cmdlet, which runs in the background.</summary>
    /// <returns>To be disposed.</returns>
    IToolTarget For(McpToolCommand cmdlet);

    /// <summary>What a call would send, for -WhatIf; nothing in it acts on a terminal.</summary>
    /// <exception cref="McpRuntimeException">The arguments do not do.</exception>
    string Preview(McpTool tool, JsonElement arguments);
}
