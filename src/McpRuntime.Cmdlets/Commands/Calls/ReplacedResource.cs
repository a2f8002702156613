using McpRuntime.Cmdlets.Commands.Model;
using McpRuntime.Cmdlets.Tools;
using McpRuntime.Connectors;
using McpRuntime.Manifests;

namespace McpRuntime.Cmdlets.Commands.Calls;

/// <summary>
/// What a PUT replaces. It deletes what it does not name, so that all properties of a resource that is piped to it are
/// sent; an update (PATCH, POST) sends only what is given.
/// </summary>
internal static class ReplacedResource
{
    /// <summary>The object is the resource that a call of the tool replaces.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="input">The object; null for none.</param>
    /// <param name="prefix">What the names of types begin with.</param>
    /// <param name="siblings">The tools of the connector.</param>
    public static bool Is(McpTool tool, PipedObject? input, string prefix, IEnumerable<ServedTool> siblings)
    {
        if (input is not { IsResource: true, TypeName: { } type } || tool is not { Method: "PUT", Served: { } served })
            return false;
        if (AnswerTypeName.OfAnswer(tool, prefix) == type)
            return true;
        var reading = "GET" + served.Endpoint["PUT".Length..];
        return siblings.FirstOrDefault(other => other.Endpoint == reading) is { } reader
            && AnswerTypeName.OfAnswer(new McpTool(reader, tool.Location), prefix) == type;
    }

    /// <summary>The argument is in the body of the request.</summary>
    public static bool Has(McpTool tool, string argument) =>
        tool.Served?.Tool.Arguments?.GetValueOrDefault(argument) is { In: ArgumentLocation.Body };
}
