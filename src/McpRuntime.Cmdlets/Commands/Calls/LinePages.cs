using System.Management.Automation;
using McpRuntime.Cmdlets.Commands.Model;
using McpRuntime.Cmdlets.Tools;

namespace McpRuntime.Cmdlets.Commands.Calls;

/// <summary>-First, -Skip and -All, which only parameter sets have whose tool answers in pages.</summary>
internal static class LinePages
{
    /// <summary>What they ask for; they are not arguments of the tool, and are taken from the line.</summary>
    /// <param name="hasPages">The command has them; otherwise an argument of the API may have such a name.</param>
    /// <param name="line">Values by parameter.</param>
    /// <returns>Null for the answer as it is.</returns>
    /// <exception cref="McpRuntimeException">A number is too small.</exception>
    public static PageWish? Take(bool hasPages, Dictionary<string, object?> line)
    {
        if (!hasPages)
            return null;
        var first = Remove(line, PageParameterNames.First);
        var skip = Remove(line, PageParameterNames.Skip);
        var all = Remove(line, PageParameterNames.All);
        Refuse(first, PageParameterNames.First, least: 1);
        Refuse(skip, PageParameterNames.Skip, least: 0);
        return PageWish.Of((long?)first, (long?)skip, all is SwitchParameter { IsPresent: true } or true);
    }

    private static void Refuse(object? value, string name, long least)
    {
        if (value is long number && number < least)
            throw new McpRuntimeException($"-{name} {number} is not possible; it is at least {least}.");
    }

    private static object? Remove(Dictionary<string, object?> line, string name) =>
        line.Remove(name, out var value) ? value : null;
}
