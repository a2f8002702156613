using McpRuntime.Cmdlets.Commands.Modules;
using McpRuntime.Diagnostics;
using McpRuntime.Import;

namespace McpRuntime.Cmdlets.Connectors;

/// <summary>The module of a connector, before it is written.</summary>
/// <param name="Module">The commands.</param>
/// <param name="Folder">Where the module is or is going to be.</param>
/// <param name="Names">The connector, without commands whose names are taken.</param>
internal sealed record ModulePlan(ConnectorModule Module, ModuleFolder Folder, FreeNames Names)
{
    /// <summary>What is done, for someone who is asked.</summary>
    public string Action => $"Write the module {Module.Name} with {CountText.Of(Module.Commands.Count, "command")}";

    /// <summary>Names of the commands.</summary>
    public IEnumerable<string> Commands => Module.Commands.Select(command => command.Name);

    /// <summary>An import that has the commands of the module, and the findings about their names.</summary>
    public PreparedImport Of(PreparedImport import) =>
        import with
        {
            Result = import.Result with
            {
                Manifest = Names.Recorded,
                Findings = [.. import.Result.Findings, .. Names.Findings],
            },
        };

    /// <summary>What was found about the names, on one line for each.</summary>
    public IEnumerable<string> Warnings =>
        Names.Findings.Select(finding => UntrustedText.ForTerminal(finding.ToString()));
}
