using System.Text.Json;
using McpRuntime.Calls;

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
    ToolAnswer Call(McpTool tool, JsonElement arguments);

    /// <summary>What a call would send, in words.</summary>
    /// <exception cref="McpRuntimeException">The arguments do not do.</exception>
    string Preview(McpTool tool, JsonElement arguments);
}

/// <summary>A name that means no tool; the message has the choices.</summary>
internal sealed class ToolNotFoundException(string message) : McpRuntimeException(message);
