using System.Management.Automation.Language;
using McpRuntime.Cmdlets.Completion;
using McpRuntime.Cmdlets.Runtime;
using McpRuntime.Cmdlets.Servers;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>The two expressions that completion evaluates in a line that is still being typed.</summary>
internal static class SessionObjectExpression
{
    private static readonly SessionSource[] Sources = [RuntimeCompleter.Runtimes, ServerCompleter.Servers];

    /// <summary>
    /// The object that <c>(Get-McpRuntime NAME)</c> or <c>(Get-McpServer NAME)</c> means, with a constant name or -Id;
    /// null for every other text, which is not evaluated.
    /// </summary>
    public static object? Evaluate(string text)
    {
        if (
            !text.StartsWith('(')
            || Parser.ParseInput(text, out _, out var errors)
                is not {
                    EndBlock.Statements: [
                        PipelineAst
                        {
                            PipelineElements: [CommandExpressionAst { Expression: ParenExpressionAst paren }]
                        },
                    ]
                }
            || errors.Length > 0
            || paren.Pipeline is not PipelineAst { PipelineElements: [CommandAst { Redirections.Count: 0 } command] }
            || command.GetCommandName() is not { } name
            || Array.Find(Sources, source => source.Command.Equals(name, StringComparison.OrdinalIgnoreCase))
                is not { } source
        )
            return null;
        return command.CommandElements switch
        {
            [_, ConstantExpressionAst { Value: string value }] => source.Get("Name", value).FirstOrDefault(),
            [_, CommandParameterAst { Argument: null } parameter, ConstantExpressionAst constant]
                when parameter.ParameterName.ToUpperInvariant() is "NAME" or "ID" => source
                .Get(parameter.ParameterName, constant.Value)
                .FirstOrDefault(),
            _ => null,
        };
    }
}
