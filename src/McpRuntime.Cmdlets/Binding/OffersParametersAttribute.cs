namespace McpRuntime.Cmdlets.Binding;

/// <summary>
/// A cmdlet offers the properties of a type as dynamic parameters, whatever else it offers. Get-Help lists them.
/// </summary>
/// <param name="type">Has the properties.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OffersParametersAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;
}
