using System.Management.Automation;
using McpRuntime.Cmdlets.Completion;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>
/// Lets completion see the tools of <c>-Runtime (Get-McpRuntime NAME)</c>: while a line is typed, PowerShell gives the
/// text of an expression in the place of its value. No other text is taken, so that no argument of a tool chooses a
/// server; the error says what to give.
/// </summary>
/// <param name="wayOut">What gives such an object, as a sentence.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SessionObjectAttribute(string wayOut) : ArgumentTransformationAttribute
{
    public string WayOut { get; } = wayOut;

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData is not string text
            ? inputData
            : SessionObjectExpression.Evaluate(text)
                ?? throw new ArgumentTransformationMetadataException(
                    $"'{UntrustedText.ForTerminal(text)}' is a text. {WayOut}"
                );
}
