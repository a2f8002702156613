using McpRuntime.Manifests;

namespace McpRuntime.Commands;

/// <summary>The parameters of a set, by which PowerShell tells sets of a command apart.</summary>
/// <param name="Mandatory">Names of mandatory parameters, in the order of the tool.</param>
/// <param name="All">Names of all parameters.</param>
internal sealed record SetInput(IReadOnlyList<string> Mandatory, IReadOnlySet<string> All)
{
    internal static SetInput Of(ToolManifest tool)
    {
        var arguments = InputProperty.Of(tool);
        var names = ParameterNaming.Of(arguments.Select(argument => argument.Name), static _ => false);
        return new SetInput(
            [
                .. arguments
                    .Where(argument => argument.IsRequired)
                    .Select(argument => names[argument.Name])
                    .OfType<string>(),
            ],
            names.Values.OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase)
        );
    }

    /// <summary>
    /// Whether what is given always fits one of the two sets alone: PowerShell drops sets that lack a given parameter,
    /// then those that miss a mandatory one. So one of them must have a mandatory parameter that the other lacks.
    /// </summary>
    internal bool IsToldFrom(SetInput other) => Demands(this, other) || Demands(other, this);

    /// <summary>
    /// Whether a forgotten parameter never turns one call into the other: each has a mandatory parameter that the other
    /// lacks.
    /// </summary>
    internal bool IsSafelyToldFrom(SetInput other) => Demands(this, other) && Demands(other, this);

    private static bool Demands(SetInput one, SetInput other) => one.Mandatory.Any(name => !other.All.Contains(name));
}
