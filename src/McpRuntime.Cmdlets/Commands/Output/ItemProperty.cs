using System.Management.Automation;
using McpRuntime.Cmdlets.Parameters;
using McpRuntime.Cmdlets.Tools;
using McpRuntime.Connectors;
using McpRuntime.Manifests;

namespace McpRuntime.Cmdlets.Commands.Output;

/// <summary>
/// The identifier of a resource under the name that the commands for it have: of an issue, <c>issue_number</c> for
/// <c>number</c>.
/// </summary>
/// <param name="Argument">What commands call it.</param>
/// <param name="Properties">What the resource may call it, the best first.</param>
internal sealed record ItemProperty(string Argument, IReadOnlyList<string> Properties)
{
    /// <summary>
    /// That of the tool whose path is this one with one argument more, or of the tool itself where its path ends in
    /// one; null where there is neither.
    /// </summary>
    /// <param name="tool">The tool.</param>
    /// <param name="siblings">The tools of its connector.</param>
    public static ItemProperty? Of(McpTool tool, IEnumerable<ServedTool> siblings)
    {
        if (tool.Served is not { } served)
            return null;
        var own = PathOf(served);
        if (own.EndsWith('}') && own.LastIndexOf("/{", StringComparison.Ordinal) is > 0 and var last)
            return Of(served.Tool, own, own[(last + 2)..^1]);
        var start = own.TrimEnd('/') + "/{";
        foreach (var other in siblings)
        {
            var path = PathOf(other);
            if (
                path.StartsWith(start, StringComparison.Ordinal)
                && path.IndexOf('}', start.Length) == path.Length - 1
                && Of(other.Tool, path, path[start.Length..^1]) is { } item
            )
                return item;
        }
        return null;
    }

    private static string PathOf(ServedTool tool) =>
        tool.Endpoint[(tool.Endpoint.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    private static ItemProperty? Of(ToolManifest tool, string path, string variable)
    {
        var argument = tool
            .Arguments?.FirstOrDefault(binding =>
                binding.Value.In == ArgumentLocation.Path && binding.Value.Name == variable
            )
            .Key;
        if (argument is null)
            return null;
        var known = ItemArgument.Of(path, _ => argument)?.Properties ?? [];
        return new ItemProperty(argument, [argument, .. known, .. Suffix(variable)]);
    }

    // The number of issue_number, the id of pet_id and petId; a user name is never an id.
    private static IEnumerable<string> Suffix(string variable)
    {
        var last = variable.Split('_', '-', '.')[^1];
        if (last != variable)
            yield return last;
        if (last.EndsWith("Id", StringComparison.Ordinal))
            yield return "id";
    }

    /// <summary>
    /// The property that the name is an alias of; null where the object has one of the name, or none.
    /// </summary>
    public string? AliasFor(PSObject result) =>
        result.Properties[Argument] is not null
            ? null
            : Properties.Select(name => result.Properties[name]?.Name).FirstOrDefault(name => name is not null);
}
