using System.Collections;

namespace McpRuntime.Cmdlets.Completion;

/// <summary>HTTP methods, those that read first.</summary>
public sealed class HttpMethodCompleter : McpCompleter
{
    private protected override IEnumerable<(string Text, string? ToolTip)> Candidates(IDictionary bound) =>
        [
            ("GET", null),
            ("HEAD", null),
            ("OPTIONS", null),
            ("QUERY", null),
            ("POST", null),
            ("PUT", null),
            ("PATCH", null),
            ("DELETE", null),
        ];
}
