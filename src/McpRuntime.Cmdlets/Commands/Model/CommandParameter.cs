using McpRuntime.Cmdlets.Commands.Declarations;

namespace McpRuntime.Cmdlets.Commands.Model;

/// <summary>A parameter of a command for an argument of its tools.</summary>
internal sealed record CommandParameter
{
    /// <summary>In Pascal case.</summary>
    public required string Name { get; init; }

    /// <summary>The argument's name where it is another one, as PowerShell compares names.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>The type that a user reads: <see cref="string"/>, <see cref="long"/>, an array of these, …</summary>
    public required Type Type { get; init; }

    /// <summary>The parameter sets that have it.</summary>
    public required IReadOnlyList<ParameterUse> Uses { get; init; }

    /// <summary>Values that the API lists, as they are typed; empty for none.</summary>
    public required IReadOnlyList<string> Choices { get; init; }

    /// <summary>Other values are refused before the call; otherwise <see cref="Choices"/> are only completed.</summary>
    public required bool IsClosed { get; init; }

    /// <summary>One line about it; empty where the document has none.</summary>
    public required string HelpMessage { get; init; }

    /// <summary>What is done with a value before PowerShell converts it.</summary>
    public required ParameterConversion Conversion { get; init; }

    /// <summary>Null is a value of it.</summary>
    public bool IsNullable { get; init; }

    /// <summary>
    /// Names of properties that the value is taken from where an object is given
    /// (<see cref="ParameterConversion.Item"/>).
    /// </summary>
    public IReadOnlyList<string> Properties { get; init; } = [];
}

/// <summary>A parameter in one of the parameter sets of its command.</summary>
/// <param name="Set">The parameter set.</param>
/// <param name="IsMandatory">PowerShell asks for it.</param>
/// <param name="Position">From 0; null for a parameter that is given by name only.</param>
/// <param name="IsPiped">A text or number of the pipeline is its value.</param>
/// <param name="IsPipedByName">
/// Objects of the pipeline give it by a property. Only of what names the resource or is required: PowerShell would
/// check the other properties of an object, and refuse an issue whose state is none that an update can set.
/// </param>
internal sealed record ParameterUse(string Set, bool IsMandatory, int? Position, bool IsPiped, bool IsPipedByName);

/// <summary>What is done with a value before PowerShell converts it to the type of the parameter.</summary>
internal enum ParameterConversion
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary><see cref="ApiTextAttribute"/>, without null.</summary>
    Text,

    /// <summary><see cref="ApiTextAttribute"/>, with null.</summary>
    NullableText,

    /// <summary><see cref="ApiNumberAttribute"/>.</summary>
    Number,

    /// <summary><see cref="ApiTimeAttribute"/>.</summary>
    Time,

    /// <summary><see cref="ApiItemAttribute"/>, with <see cref="CommandParameter.Properties"/>.</summary>
    Item,
}
