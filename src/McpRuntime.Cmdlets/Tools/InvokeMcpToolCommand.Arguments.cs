using System.Collections;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Text.Json;
using McpRuntime.Cmdlets.Binding;
using McpRuntime.Cmdlets.Parameters;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Tools;

/// <content>The arguments of a call: from the line, from -Argument and from the pipeline.</content>
public sealed partial class InvokeMcpToolCommand
{
    private static readonly ConditionalWeakTable<ToolArguments, ParameterNames> Names = [];

    private ArgumentParameters? _parameters;

    /// <summary>The names of the parameters of a tool's arguments.</summary>
    internal static ParameterNames NamesOf(ToolArguments tool) =>
        Names.GetValue(tool, static arguments => new ParameterNames(
            arguments,
            CmdletParameters.Of(typeof(InvokeMcpToolCommand)).Takes
        ));

    private RuntimeDefinedParameterDictionary Offer(McpTool tool)
    {
        var names = NamesOf(tool.Arguments);
        OfferedArguments.Current.Set(names.Arguments);
        _parameters = new ArgumentParameters(names);
        return _parameters.Dictionary;
    }

    /// <summary>
    /// The arguments as JSON; an error for what the pipeline brings in vain, and one for everything that is missing.
    /// </summary>
    private bool TryRead(McpTool tool, out JsonElement arguments)
    {
        arguments = default;
        // The line wins over -Argument, and that over what the pipeline brings.
        var given = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Argument)
            given[tool.Arguments.Resolve(entry.Key.ToString() ?? "")] = entry.Value;
        foreach (var (name, value) in _parameters?.Given() ?? [])
            given[name] = value;
        if (InputObject is { BaseObject: not McpTool } input)
        {
            if (!new PipelineArguments(tool.Arguments, tool.Item).TryRead(input, given.ContainsKey, out var found))
            {
                Report(NotArguments(tool, input, given), ErrorId.ArgumentInvalid, ErrorCategory.InvalidArgument, input);
                return false;
            }
            foreach (var (name, value) in found)
                given.TryAdd(name, value);
        }
        var missing = tool.Arguments.Missing(given.ContainsKey).ToList();
        if (missing.Count > 0)
        {
            Report(
                $"'{UntrustedText.ForTerminal(tool.Name)}' needs "
                    + $"{Listed(tool, missing)}.{Unknown(tool, given.Keys)} Get-McpTool "
                    + $"{PowerShellText.Quote(tool.Name)} -Full describes its arguments.",
                ErrorId.ArgumentMissing,
                ErrorCategory.InvalidArgument,
                tool.Name
            );
            return false;
        }
        arguments = JsonArguments.From(given, tool.Arguments);
        return true;
    }

    // Often the one that is missing, misspelt.
    private static string Unknown(McpTool tool, IEnumerable<string> given)
    {
        var unknown = given
            .Where(name => !tool.Arguments.Has(name))
            .Select(name => $"'{UntrustedText.ForTerminal(name)}'")
            .ToList();
        return unknown.Count == 0 ? "" : $" It has no argument {string.Join(", ", unknown)}.";
    }

    private static string NotArguments(McpTool tool, PSObject input, Dictionary<string, object?> given)
    {
        var open = tool.Arguments.Missing(given.ContainsKey).ToList();
        var why =
            open.Count == 0
                ? "has no required argument that it could be"
                : $"needs {Listed(tool, open)}, and it could be any of them";
        return $"'{UntrustedText.ForTerminal(input.ToString())}' is not an object whose properties are arguments, "
            + $"and '{UntrustedText.ForTerminal(tool.Name)}' {why}. Give the argument by its name.";
    }

    private static string Listed(McpTool tool, List<OfferedArgument> arguments)
    {
        var names = NamesOf(tool.Arguments);
        var shown = arguments.ConvertAll(argument =>
            names.Of(argument) is { } name
                ? $"-{name} <{ArgumentType.NameOf(argument.Type)}>"
                : $"-Argument @{{ {PowerShellText.Quote(argument.Name)} = "
                    + $"<{ArgumentType.NameOf(argument.Type, isParameter: false)}> }}"
        );
        return shown.Count == 1 ? shown[0] : $"{string.Join(", ", shown.SkipLast(1))} and {shown[^1]}";
    }
}
