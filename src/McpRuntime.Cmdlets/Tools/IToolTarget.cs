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
    /// <param name="tool">The tool.</param>
    /// <param name="arguments">An object.</param>
    /// <param name="maximumBytes">Longest answer; null for any.</param>
    /// <returns>To be disposed.</returns>
    IAnswer Call(McpTool tool, JsonElement arguments, long? maximumBytes);

    /// <summary>What a call would send, in words.</summary>
    /// <exception cref="McpRuntimeException">The arguments do not do.</exception>
    string Preview(McpTool tool, JsonElement arguments);
}

/// <summary>A name that means no tool; the message has the choices.</summary>
internal sealed class ToolNotFoundException(string message) : McpRuntimeException(message);
