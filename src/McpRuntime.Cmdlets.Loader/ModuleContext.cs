using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace McpRuntime.Loader;

/// <summary>
/// The load context of the module's assemblies. Other modules bring other versions of YamlDotNet or
/// Microsoft.Extensions, and neither side may get the other's: what the module ships is taken from its folder, whatever
/// is loaded elsewhere, and only when it is needed. A handler of an event would come too late, as the default context
/// is asked before it.
/// </summary>
public sealed class ModuleContext : AssemblyLoadContext
{
    private const string ContextName = "McpRuntime";
    private const string Cmdlets = "McpRuntime.Cmdlets";

    private readonly string[] _folders;

    private ModuleContext(string assemblies)
        : base(ContextName) =>
        // Compiled ahead of time for this platform where the package has it: the same code, which starts sooner.
        _folders = [Path.Combine(assemblies, RuntimeInformation.RuntimeIdentifier), assemblies];

    /// <summary>
    /// True once the module is loaded: assemblies cannot be unloaded, so the context is made once a process, and found
    /// again by <c>Import-Module -Force</c> and by every further runspace.
    /// </summary>
    public static bool IsOpen => Opened() is not null;

    /// <summary>The assembly of the cmdlets.</summary>
    /// <param name="assemblies">Folder of the module's assemblies, for the first call.</param>
    public static Assembly Open(string assemblies)
    {
        if (Opened() is { } opened)
            return opened.LoadFromAssemblyName(new AssemblyName(Cmdlets));
        var context = new ModuleContext(assemblies);
        // PowerShell loads the modules of connectors, whose commands derive from a class of ours, into the default
        // context. It gets this one assembly and nothing that it depends on.
        Default.Resolving += (_, name) => name.Name == Cmdlets ? context.LoadFromAssemblyName(name) : null;
        return context.LoadFromAssemblyName(new AssemblyName(Cmdlets));
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        foreach (var folder in _folders)
        {
            var path = Path.Combine(folder, assemblyName.Name + ".dll");
            if (File.Exists(path))
                return LoadFromAssemblyPath(path);
        }
        return null;
    }

    private static AssemblyLoadContext? Opened()
    {
        foreach (var context in All)
        {
            if (context.Name == ContextName)
                return context;
        }
        return null;
    }
}
