using System.Management.Automation;

namespace McpRuntime.Cmdlets.Commands.Declarations;

/// <summary>A day for a date, which PowerShell does not convert.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ApiTimeAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is DateOnly day
            ? day.ToDateTime(TimeOnly.MinValue)
            : inputData;
}
