namespace McpRuntime.Cmdlets.Binding;

/// <summary>
/// A parameter of <see cref="CallParameters"/> that is offered for tools with pages only, and gives way to an argument
/// of the tool that has its name.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OnlyForPagesAttribute : Attribute;
