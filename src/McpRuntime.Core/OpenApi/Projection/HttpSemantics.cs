using McpRuntime.Manifests;
using McpRuntime.OpenApi.Model;

namespace McpRuntime.OpenApi.Projection;

/// <summary>What a method promises (RFC 9110 sections 9.2.1 and 9.2.2; QUERY by its own specification).</summary>
internal static class HttpSemantics
{
    internal static bool IsReadOnly(string method) => method is "GET" or "HEAD" or "OPTIONS" or "QUERY";

    /// <summary>The method's annotations, with what the document's author says in their place.</summary>
    internal static ToolHints Hints(OperationHead operation)
    {
        var own = operation.Extension.Hints;
        var method = OfMethod(operation.Method);
        return ReferenceEquals(own, ToolHints.None)
            ? method
            : new ToolHints(
                own.ReadOnly ?? method.ReadOnly,
                own.Destructive ?? method.Destructive,
                own.Idempotent ?? method.Idempotent,
                own.OpenWorld ?? method.OpenWorld
            );
    }

    private static ToolHints OfMethod(string method) =>
        IsReadOnly(method) ? Reads
        : method == "PUT" ? Replaces
        : method == "DELETE" ? Deletes
        : Changes;

    private static ToolHints Reads { get; } =
        new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true);

    private static ToolHints Replaces { get; } =
        new(ReadOnly: false, Destructive: false, Idempotent: true, OpenWorld: true);

    private static ToolHints Deletes { get; } =
        new(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: true);

    private static ToolHints Changes { get; } =
        new(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: true);
}
