namespace McpRuntime.Cmdlets.Binding;

/// <summary>
/// A parameter of <see cref="CallParameters"/> that gives way to an argument of the tool that has its name.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class GivesWayAttribute : Attribute
{
    /// <summary>It is offered for tools with pages only.</summary>
    public bool OnlyForPages { get; init; }
}
