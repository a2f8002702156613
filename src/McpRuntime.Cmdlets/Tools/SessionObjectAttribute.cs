using System.Management.Automation;
using McpRuntime.Cmdlets.Completion;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>
/// Lets completion see the tools of <c>-Runtime (Get-McpRuntime NAME)</c>: while a line is typed, PowerShell gives the
/// text of an expression in the place of its value. No other text is taken, so that no argument of a tool chooses a
/// server.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SessionObjectAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData is string text ? SessionObjectExpression.Evaluate(text) ?? inputData : inputData;
}
