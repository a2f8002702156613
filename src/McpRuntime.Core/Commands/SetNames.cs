using System.Globalization;
using McpRuntime.Manifests;

namespace McpRuntime.Commands;

/// <summary>
/// Names of parameter sets: <c>List</c> and <c>Get</c> for a collection and its item, else the mandatory parameter that
/// a set has and others lack, e.g. <c>ByKey</c>.
/// </summary>
internal static class SetNames
{
    internal static string[] Of(IReadOnlyList<ToolManifest> tools, IReadOnlyList<SetInput> inputs)
    {
        var names = new string[tools.Count];
        var used = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        // Not by position: a set keeps its name where the document's order changes.
        foreach (
            var i in Enumerable
                .Range(0, tools.Count)
                .OrderBy(i => inputs[i].Mandatory.Count)
                .ThenBy(i => tools[i].Endpoint, StringComparer.Ordinal)
        )
        {
            var name = Plain(tools[i]);
            if (tools.Count > 1 && (name is null || used.Contains(name)))
                name = Distinguishing(inputs, i) is { } parameter ? $"By{parameter}" : name;
            names[i] = Free(name ?? tools[i].Command!.Verb, used);
        }
        return names;
    }

    private static string? Plain(ToolManifest tool) =>
        !EndpointTemplate.TryParse(tool.Endpoint, out var endpoint) || endpoint.Method != "GET" ? null
        : endpoint.Path.EndsWith('}') ? "Get"
        : "List";

    private static string? Distinguishing(IReadOnlyList<SetInput> inputs, int index)
    {
        var mandatory = inputs[index].Mandatory;
        foreach (var name in mandatory)
        {
            if (inputs.Where((_, other) => other != index).All(other => !other.All.Contains(name)))
                return name;
        }
        return mandatory is [.., var last] ? last : null;
    }

    private static string Free(string name, HashSet<string> used)
    {
        var candidate = name;
        for (var number = 2; !used.Add(candidate); number++)
            candidate = name + number.ToString(CultureInfo.InvariantCulture);
        return candidate;
    }
}
