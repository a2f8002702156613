using System.Management.Automation;
using System.Text.Json;
using McpRuntime.Cmdlets.Commands.Declarations;
using McpRuntime.Cmdlets.Commands.Model;
using McpRuntime.Cmdlets.Commands.Sources;
using McpRuntime.Cmdlets.Parameters;
using McpRuntime.Cmdlets.Tools;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Commands.Calls;

/// <summary>
/// Chooses which of a command's tools is called. PowerShell chooses the parameter set by the line; an object of the
/// pipeline may name an item, where PowerShell stays with the default set, the list.
/// </summary>
internal sealed class CallChoice(ApiCommandShape shape, ApiTools tools)
{
    /// <exception cref="ToolNotFoundException">The connector has no such tool any more.</exception>
    /// <exception cref="ArgumentsMissingException">Required arguments are missing.</exception>
    /// <exception cref="McpRuntimeException">An argument cannot be written as JSON.</exception>
    public PreparedRequest Choose(string parameterSet, GivenArguments given, PSCmdlet cmdlet)
    {
        var candidates =
            shape.Sets.Count == 1 || given.Input is null
                ? shape.Sets.Where(set => shape.Sets.Count == 1 || set.ParameterSet == parameterSet)
                : shape.Sets;
        var prefix = ModuleName.Of(shape.Source.Source);
        Candidate? best = null;
        Candidate? asBound = null;
        foreach (var set in candidates)
        {
            var tool = tools.Find(set.Tool);
            var layout = ParameterLayout.Of(tool);
            if (!given.Fits(layout))
                continue;
            var replaces = ReplacedResource.Is(tool, given.Input, prefix, tools.Siblings);
            var candidate = new Candidate(tool, layout, given.For(tool, layout, replaces), set.HasPages);
            if (set.ParameterSet == parameterSet || shape.Sets.Count == 1)
                asBound = candidate;
            if (candidate.IsComplete && (best is null || candidate.Required > best.Required))
                best = candidate;
        }
        var chosen = best
            ?? asBound
            ?? throw new ArgumentsMissingException(
                $"No parameter set of {cmdlet.MyInvocation.MyCommand.Name} has all the given parameters."
            );
        if (!chosen.IsComplete)
            throw Missing(chosen, cmdlet);
        return new PreparedRequest(
            chosen.Tool,
            JsonArguments.From(FilesOf(chosen, cmdlet), chosen.Tool.Arguments),
            prefix,
            tools.Siblings,
            chosen.OffersPages
        );
    }

    // A path means the file.
    private static IEnumerable<KeyValuePair<string, object?>> FilesOf(Candidate chosen, PSCmdlet cmdlet)
    {
        foreach (var (name, value) in chosen.Given)
        {
            var isFile = chosen.Layout.Find(name) is { IsFile: true };
            var plain = value is PSObject wrapped ? wrapped.BaseObject : value;
            yield return KeyValuePair.Create(name, isFile && plain is string path ? FileOf(path, name, cmdlet) : value);
        }
    }

    private static FileInfo FileOf(string path, string argument, PSCmdlet cmdlet)
    {
        var full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);
        return File.Exists(full)
            ? new FileInfo(full)
            : throw new McpRuntimeException($"The file '{full}' for '{argument}' does not exist.");
    }

    private static ArgumentsMissingException Missing(Candidate chosen, PSCmdlet cmdlet)
    {
        var names = chosen
            .Missing.Select(argument =>
                chosen.Layout.Find(argument.Name) is { } parameter
                    ? $"-{parameter.Name}"
                    : $"-Argument @{{ {PowerShellText.Quote(argument.Name)} = … }}"
            )
            .ToList();
        return new ArgumentsMissingException(
            UntrustedText.ForTerminal(
                $"{cmdlet.MyInvocation.MyCommand.Name} needs {string.Join(", ", names)}. The object of the pipeline "
                    + $"does not have {(names.Count == 1 ? "it" : "them")}."
            )
        );
    }

    private sealed record Candidate(
        McpTool Tool,
        ParameterLayout Layout,
        Dictionary<string, object?> Given,
        bool OffersPages
    )
    {
        public List<OfferedArgument> Missing { get; } = [.. Tool.Arguments.Missing(Given.ContainsKey)];

        public bool IsComplete => Missing.Count == 0;

        public int Required => Tool.Arguments.All.Count(argument => argument.IsRequired);
    }
}
