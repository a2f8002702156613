using System.Globalization;
using System.Text.RegularExpressions;
using McpRuntime.Diagnostics;

namespace McpRuntime.Validation;

/// <summary>Rules about the names of tools and that each, and each endpoint, comes once.</summary>
internal sealed partial class ToolNameRules(FindingList findings)
{
    /// <summary>What model APIs take.</summary>
    private const int MaxLength = 64;

    private const int MaxOlderLength = 100;

    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _endpoints = new(StringComparer.Ordinal);

    public void Check(ToolContext context)
    {
        var name = context.Tool.Name;
        if (name.Length > 0)
        {
            CheckName(context, name);
            if (!_names.TryAdd(name, context.Index))
            {
                findings.Error(
                    ValidationRules.DuplicateToolName,
                    context.At("name"),
                    $"The name '{name}' is already used by tool {Position(_names[name])}; tool names must be unique."
                );
            }
        }
        if (context.Tool.Endpoint.Length > 0 && !_endpoints.TryAdd(context.Tool.Endpoint, context.Index))
        {
            findings.Error(
                ValidationRules.DuplicateEndpoint,
                context.At("endpoint"),
                $"{context.Label} has the endpoint '{context.Tool.Endpoint}' of tool "
                    + $"{Position(_endpoints[context.Tool.Endpoint])}; remove one, or distinguish them by a "
                    + $"'#word' at the end, which is never sent."
            );
        }
    }

    private void CheckName(ToolContext context, string name)
    {
        var most = context.Tool.IsOlderForm ? MaxOlderLength : MaxLength;
        if (name.Length > most)
        {
            findings.Error(
                ValidationRules.ToolName,
                context.At("name"),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The tool name '{name}' has {CountText.Of(name.Length, "character")}; at most {most} are allowed."
                )
            );
        }
        else if (name.Length > MaxLength)
        {
            findings.Warning(
                ValidationRules.ToolNameLength,
                context.At("name"),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The tool name '{name}' has {CountText.Of(name.Length, "character")} and is shortened where it is "
                        + $"served; model APIs take {MaxLength}."
                )
            );
        }
        if (!Shape().IsMatch(name))
        {
            findings.Error(
                ValidationRules.ToolName,
                context.At("name"),
                $"The tool name '{name}' must match ^[a-z][a-z0-9_]*$: lower-case letters, digits and _ after "
                    + $"a first letter, e.g. 'list_pets'."
            );
        }
    }

    private static string Position(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[a-z][a-z0-9_]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
