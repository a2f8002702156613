using System.Text.Json;
using McpRuntime.Calls.Paging;
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

    /// <summary>Reads the pages of a tool of <see cref="Find"/> that has some.</summary>
    /// <param name="call">The call.</param>
    /// <param name="caps">Where they end at the latest.</param>
    /// <returns>Null where this target cannot.</returns>
    PageReading? ReadPages(CallRequest call, PageCaps caps);

    /// <summary>The same tools for another cmdlet, which runs in the background.</summary>
    /// <returns>To be disposed.</returns>
    IToolTarget For(McpToolCommand cmdlet);

    /// <summary>What a call would send, for -WhatIf; nothing in it acts on a terminal.</summary>
    /// <exception cref="McpRuntimeException">The arguments do not do.</exception>
    string Preview(McpTool tool, JsonElement arguments, string? profile);
}
