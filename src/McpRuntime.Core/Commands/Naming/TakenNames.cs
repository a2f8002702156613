using McpRuntime.Manifests;

namespace McpRuntime.Commands.Naming;

/// <summary>Names that are given, and the operations that share each.</summary>
internal sealed class TakenNames
{
    private readonly Dictionary<CommandName, List<NamedOperation>> _names = [];

    /// <summary>A recorded name; it stays whatever others have it too.</summary>
    internal void Keep(CommandName name, NamedOperation operation) => Sharing(name).Add(operation);

    /// <summary>
    /// Gives an operation a name, alone or as one more parameter set; false where PowerShell could not tell it from
    /// the others, or a call that lacks a parameter would do something else.
    /// </summary>
    internal bool TryTake(CommandName name, NamedOperation operation)
    {
        var sharing = Sharing(name);
        if (sharing.Count >= CommandPlan.MaxSets || sharing.Exists(other => !CanShare(operation, other)))
            return false;
        sharing.Add(operation);
        return true;
    }

    /// <summary>Whether an operation on the same resource has the name.</summary>
    internal bool IsOf(CommandName name, CommandChoice choice) =>
        _names.TryGetValue(name, out var sharing) && sharing.Exists(other => other.Choice.Key == choice.Key);

    private static bool CanShare(NamedOperation one, NamedOperation other) =>
        one.Choice.Key == other.Choice.Key
        && one.Choice.Act == other.Choice.Act
        && (
            one.IsReading && other.IsReading
                ? one.Input.IsToldFrom(other.Input)
                : one.Input.IsSafelyToldFrom(other.Input)
        );

    private List<NamedOperation> Sharing(CommandName name)
    {
        if (!_names.TryGetValue(name, out var sharing))
            _names.Add(name, sharing = []);
        return sharing;
    }
}
