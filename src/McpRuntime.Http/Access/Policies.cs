namespace McpRuntime.Http.Access;

/// <summary>Names of what a route asks of its caller, beyond being one.</summary>
internal static class Policies
{
    /// <summary>A role with management.</summary>
    public const string Management = "management";
}
