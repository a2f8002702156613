using System.Management.Automation;
using McpRuntime.Cmdlets.Commands;
using McpRuntime.Cmdlets.Commands.Model;

namespace McpRuntime.Module.Tests.Commands;

/// <summary>Names that the parameters of commands for an API cannot have.</summary>
public sealed class ReservedParametersTests
{
    [Fact]
    public void Parameters_of_every_command_are_reserved() =>
        Assert.All(
            typeof(ApiCommand).GetFields().Where(field => field.IsDefined(typeof(ParameterAttribute), true)),
            field => Assert.True(ReservedParameters.IsTyped(field.Name), field.Name)
        );

    // PowerShell would set the property of the base class, not the field that has its name.
    [Fact]
    public void Public_properties_of_every_command_are_reserved() =>
        Assert.All(typeof(ApiCommand).GetProperties(), property =>
            Assert.True(ReservedParameters.Contains(property.Name), property.Name)
        );
}
