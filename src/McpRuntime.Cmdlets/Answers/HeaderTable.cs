using System.Collections.Specialized;
using McpRuntime.Http;

namespace McpRuntime.Cmdlets.Answers;

/// <summary>Header fields as a dictionary that ignores case and keeps their order.</summary>
internal static class HeaderTable
{
    public static OrderedDictionary Of(IReadOnlyList<AnswerHeader> headers)
    {
        var table = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in headers)
            table[name] = value;
        return table;
    }
}
