using System.Text.Json;
using McpRuntime.Calls.Paging;
using McpRuntime.Calls.Plan;
using McpRuntime.Manifests;

namespace McpRuntime.Calls.LongOperations;

/// <summary>The tool of a connector that asks for a URL.</summary>
internal static class MonitorTool
{
    /// <summary>Its name and arguments; null where there is none.</summary>
    public static (string Name, string Arguments)? Find(CallPlan plan, string url)
    {
        var start = new Uri(plan.BaseUrl).AbsolutePath.TrimEnd('/');
        var path = new Uri(url).AbsolutePath;
        if (!path.StartsWith(start + "/", StringComparison.Ordinal))
            return null;
        var segments = path[start.Length..].Trim('/').Split('/');
        foreach (var tool in plan.Connector.Tools)
        {
            if (
                tool.Server is null
                && tool.Endpoint.StartsWith("GET /", StringComparison.Ordinal)
                && Match(tool, segments) is { } arguments
            )
                return (tool.Name, arguments.GetRawText());
        }
        return null;
    }

    private static JsonElement? Match(ToolManifest tool, string[] segments)
    {
        var end = tool.Endpoint.AsSpan().IndexOfAny('?', '#');
        var template = (end < 0 ? tool.Endpoint : tool.Endpoint[..end])["GET ".Length..].Trim('/').Split('/');
        if (template.Length != segments.Length)
            return null;
        var arguments = JsonElement.Parse("{}"u8);
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] is not ['{', .. var wire, '}'])
            {
                if (template[i] != segments[i])
                    return null;
                continue;
            }
            var argument = tool.Arguments?.FirstOrDefault(each =>
                each.Value.In == ArgumentLocation.Path && each.Value.Name == wire
            );
            if (argument is not { Key: { } name } || segments[i].Length == 0)
                return null;
            arguments = PageArguments.With(arguments, name, Uri.UnescapeDataString(segments[i]));
        }
        return arguments;
    }
}
