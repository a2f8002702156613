using McpRuntime.Manifests;
using McpRuntime.OpenApi.Operations;

namespace McpRuntime.OpenApi.Projection;

/// <summary>What a method promises (RFC 9110 sections 9.2.1 and 9.2.2; QUERY by its own specification).</summary>
internal static class HttpSemantics
{
    internal static bool IsReadOnly(string method) => method is "GET" or "HEAD" or "OPTIONS" or "QUERY";

    /// <summary>The method's annotations, with what the document's author says in their place.</summary>
    internal static ToolHints Hints(OperationHead operation)
    {
        var own = operation.Extension.Hints;
        var isReadOnly = IsReadOnly(operation.Method) || operation.Method == "TRACE";
        return new ToolHints(
            own.ReadOnly ?? isReadOnly,
            own.Destructive ?? operation.Method == "DELETE",
            own.Idempotent ?? (isReadOnly || operation.Method is "PUT" or "DELETE"),
            own.OpenWorld ?? true);
    }
}
