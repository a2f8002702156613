namespace McpRuntime.Search.Words;

/// <summary>What an operation does, and what a request asks for.</summary>
internal enum OperationKind
{
    List,
    Search,
    Get,
    Create,
    Update,
    Delete,

    /// <summary>Something else that changes: start, cancel, merge.</summary>
    Action,
}
