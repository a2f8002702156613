using System.Text.Json;
using McpRuntime.Cmdlets.Parameters;
using McpRuntime.Diagnostics;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>An argument of a tool as Get-McpTool -Full describes it.</summary>
public sealed class McpToolArgument
{
    internal McpToolArgument(OfferedArgument argument, ParameterNames names)
    {
        Name = UntrustedText.Clean(argument.Name);
        Parameter = names.Of(argument);
        Type = ArgumentType.NameOf(argument.Type, isParameter: Parameter is not null);
        Required = argument.IsRequired;
        Nullable = argument.IsNullable;
        Description = argument.Description;
        Default = argument.Default is { ValueKind: not JsonValueKind.Null } value ? Shown(value) : null;
        Choices = [.. argument.Choices.Values.Where(value => value.ValueKind != JsonValueKind.Null).Select(Shown)];
        Limits = [.. ValueLimits.Of(argument.Schema).Select(UntrustedText.Clean)];
        Keys = [.. ValueSummary.Keys(argument.Schema, marksRequired: true)];
    }

    /// <summary>The name, as the tool spells it.</summary>
    public string Name { get; }

    /// <summary>
    /// The parameter of Invoke-McpTool, without the dash; null where the argument is given with -Argument.
    /// </summary>
    public string? Parameter { get; }

    /// <summary>The type as PowerShell writes it, such as string[] or switch.</summary>
    public string Type { get; }

    /// <summary>A call without it is refused.</summary>
    public bool Required { get; }

    /// <summary>It may be null.</summary>
    public bool Nullable { get; }

    public string Description { get; }

    /// <summary>The value without it, as the document says; null where it says none.</summary>
    public string? Default { get; }

    /// <summary>The values that the document lists, of the argument or of its items.</summary>
    public string[] Choices { get; }

    /// <summary>Bounds, pattern and format, in words.</summary>
    public string[] Limits { get; }

    /// <summary>The keys of an object, with their types.</summary>
    public string[] Keys { get; }

    public override string ToString() => $"{(Parameter is null ? Name : $"-{Parameter}")} <{Type}>";

    private static string Shown(JsonElement value) =>
        UntrustedText.Shorten(
            UntrustedText.Clean(value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText()),
            200
        );
}
