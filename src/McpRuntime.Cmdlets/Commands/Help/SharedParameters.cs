using System.Management.Automation;
using System.Reflection;

namespace McpRuntime.Cmdlets.Commands.Help;

/// <summary>The parameters that commands have from their base class.</summary>
/// <remarks>
/// PowerShell reads the help of all commands of a module at the first question about one. So what all of them have is
/// only named in the text of each.
/// </remarks>
internal static class SharedParameters
{
    /// <summary>As a user writes them.</summary>
    public static string Names { get; } =
        string.Join(
            ", ",
            typeof(ApiCommand)
                .GetFields()
                .Where(field => field.GetCustomAttributes<ParameterAttribute>().Any(use => !use.DontShow))
                .Select(field => field.Name)
                .Append("WhatIf")
                .Append("Confirm")
                .Order(StringComparer.Ordinal)
                .Select(name => $"-{name}")
        );
}
