using System.Management.Automation;
using System.Management.Automation.Language;
using McpRuntime.Cmdlets.Runtime;
using McpRuntime.Cmdlets.Servers;

namespace McpRuntime.Cmdlets.Completion;

/// <summary>Runs commands of the current session from where there is no cmdlet: on its thread, in its scope.</summary>
internal static class SessionCommands
{
    private static readonly Dictionary<string, Type> Sources = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Get-McpRuntime"] = typeof(GetMcpRuntimeCommand),
        ["Get-McpServer"] = typeof(GetMcpServerCommand),
    };

    /// <summary>The servers that the session has started, or its sessions with servers: what Get-McpRuntime and Get-McpServer write.</summary>
    /// <param name="command">One of these two.</param>
    /// <param name="parameter">One of its parameters; null for none.</param>
    /// <param name="value">Its value.</param>
    public static IEnumerable<object> Get(string command, string? parameter = null, object? value = null)
    {
        using var powershell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        // By its class: a function of the session may have the same name.
        powershell.AddCommand(new CmdletInfo(command, Sources[command]));
        if (parameter is not null)
            powershell.AddParameter(parameter, value);
        return [.. powershell.Invoke().Select(item => item.BaseObject)];
    }

    /// <summary>Names and values of the variables.</summary>
    public static IEnumerable<(string Name, object? Value)> Variables()
    {
        using var powershell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        powershell.AddCommand(@"Microsoft.PowerShell.Utility\Get-Variable");
        return [.. powershell.Invoke().Select(item => item.BaseObject).OfType<PSVariable>().Select(variable =>
            (variable.Name, variable.Value is PSObject wrapped ? wrapped.BaseObject : variable.Value))];
    }

    /// <summary>Full paths of the files that a path with wildcards means.</summary>
    public static IEnumerable<string> Files(string path, bool isLiteral)
    {
        using var powershell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        powershell.AddCommand(@"Microsoft.PowerShell.Management\Convert-Path").AddParameter(isLiteral ? "LiteralPath" : "Path", path);
        return [.. powershell.Invoke().Select(item => item.BaseObject).OfType<string>().Where(File.Exists)];
    }

    /// <summary>
    /// The object that <c>(Get-McpRuntime NAME)</c> or <c>(Get-McpServer NAME)</c> means, with a constant name or -Id; null for
    /// every other text, which is not evaluated.
    /// </summary>
    public static object? Evaluate(string text)
    {
        if (!text.StartsWith('(') || Parser.ParseInput(text, out _, out var errors) is not { EndBlock.Statements: [PipelineAst { PipelineElements: [CommandExpressionAst { Expression: ParenExpressionAst paren }] }] }
            || errors.Length > 0 || paren.Pipeline is not PipelineAst { PipelineElements: [CommandAst { Redirections.Count: 0 } command] }
            || command.GetCommandName() is not { } name || !Sources.ContainsKey(name))
            return null;
        return command.CommandElements switch
        {
            [_, ConstantExpressionAst { Value: string value }] => Get(name, "Name", value).FirstOrDefault(),
            [_, CommandParameterAst { Argument: null } parameter, ConstantExpressionAst constant]
                when parameter.ParameterName.ToUpperInvariant() is "NAME" or "ID" => Get(name, parameter.ParameterName, constant.Value).FirstOrDefault(),
            _ => null,
        };
    }
}
