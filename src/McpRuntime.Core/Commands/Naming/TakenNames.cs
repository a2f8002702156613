using McpRuntime.Manifests;

namespace McpRuntime.Commands.Naming;

/// <summary>Names that are given, and the operations that share each.</summary>
internal sealed class TakenNames
{
    private readonly Dictionary<CommandName, List<(NamedOperation Operation, string Resource)>> _names = [];

    /// <summary>A recorded name; it stays whatever others have it too.</summary>
    internal void Keep(CommandName name, NamedOperation operation, CommandChoice choice) =>
        Sharing(name).Add((operation, Resource(choice)));

    /// <summary>
    /// Gives an operation a name, alone or as one more parameter set; false where PowerShell could not tell it from
    /// the others, or a call that lacks a parameter would do something else.
    /// </summary>
    internal bool TryTake(CommandName name, NamedOperation operation, CommandChoice choice)
    {
        var sharing = Sharing(name);
        if (sharing.Exists(other => other.Resource != Resource(choice) || !CanShare(operation, other.Operation)))
            return false;
        sharing.Add((operation, Resource(choice)));
        return true;
    }

    private static string Resource(CommandChoice choice) => $"{choice.Key} {choice.Act}";

    /// <summary>Whether an operation on the same resource has the name.</summary>
    internal bool IsOf(CommandName name, CommandChoice choice) =>
        _names.TryGetValue(name, out var sharing)
        && sharing.Exists(other => other.Resource.StartsWith(choice.Key + " ", StringComparison.Ordinal));

    private static bool CanShare(NamedOperation one, NamedOperation other) =>
        one.IsReading && other.IsReading ? one.Input.IsToldFrom(other.Input) : one.Input.IsSafelyToldFrom(other.Input);

    private List<(NamedOperation Operation, string Resource)> Sharing(CommandName name)
    {
        if (!_names.TryGetValue(name, out var sharing))
            _names.Add(name, sharing = []);
        return sharing;
    }
}
