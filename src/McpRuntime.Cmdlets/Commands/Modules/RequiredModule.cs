using System.Management.Automation;

namespace McpRuntime.Cmdlets.Commands.Modules;

/// <summary>A module that another one needs, from a version.</summary>
internal sealed record RequiredModule(string Name, Version Version, Guid Id)
{
    /// <summary>A loaded one: later ones run what was made for it.</summary>
    public static RequiredModule Of(PSModuleInfo module) => new(module.Name, module.Version, module.Guid);
}
