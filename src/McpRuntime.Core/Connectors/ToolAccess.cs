namespace McpRuntime.Connectors;

/// <summary>What a call may do, by the HTTP method; a manifest's annotations can only tighten it.</summary>
public enum ToolAccess
{
    /// <summary>Changes nothing.</summary>
    Read,

    /// <summary>Changes something.</summary>
    Write,

    /// <summary>May delete or destroy something, whatever the method is; or the method is not known.</summary>
    Destructive,
}
