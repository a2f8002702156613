using McpRuntime.Diagnostics;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Validation;

/// <summary>Rules that two values never go to one location of the request.</summary>
internal static class WireLocationRules
{
    public static void Check(FindingList findings, ToolContext context)
    {
        var tool = context.Tool;
        if (tool.Arguments is not { } arguments)
            return;
        var taken = new Dictionary<(ArgumentLocation Location, string Name), string>(
            arguments.Count + tool.Fixed.Count
        );
        foreach (var (name, binding) in arguments)
        {
            if (!Take(taken, binding.In, binding.Name, name, out var other))
                Report(
                    findings,
                    context,
                    context.At("arguments", name),
                    $"the argument '{name}'",
                    binding.In,
                    binding.Name,
                    other
                );
        }
        for (var i = 0; i < tool.Fixed.Count; i++)
        {
            var (location, name, _) = tool.Fixed[i];
            if (!Take(taken, location, name, "fixed", out var other))
                Report(
                    findings,
                    context,
                    JsonPointer.Append(context.At("fixed"), i),
                    $"the fixed value of '{name}'",
                    location,
                    name,
                    other
                );
        }
        if (!taken.TryGetValue((ArgumentLocation.QueryString, ""), out var whole))
            return;
        foreach (var ((location, name), owner) in taken)
        {
            if (location == ArgumentLocation.Query)
            {
                findings.Error(
                    ValidationRules.DuplicateLocation,
                    context.At("arguments", whole),
                    $"{context.Label} sends '{whole}' as the whole query string and '{owner}' as its part "
                        + $"'{name}'; choose one of the two."
                );
            }
        }
    }

    /// <summary>False where the location is taken, by <paramref name="other"/>.</summary>
    private static bool Take(
        Dictionary<(ArgumentLocation Location, string Name), string> taken,
        ArgumentLocation location,
        string? name,
        string owner,
        out string other
    )
    {
        // Header names have no case (RFC 9110 section 5.1), and there is one query string.
        var key = location switch
        {
            ArgumentLocation.QueryString => "",
            ArgumentLocation.Header => (name ?? "").ToLowerInvariant(),
            _ => name ?? "",
        };
        other = "";
        if ((key.Length == 0 && location != ArgumentLocation.QueryString) || taken.TryAdd((location, key), owner))
            return true;
        other = taken[(location, key)];
        return false;
    }

    private static void Report(
        FindingList findings,
        ToolContext context,
        string pointer,
        string label,
        ArgumentLocation location,
        string? name,
        string other
    ) =>
        findings.Error(
            ValidationRules.DuplicateLocation,
            pointer,
            $"{context.Label} sends {label} to '{name}' in the {ManifestWords.Locations[(int)location]}, "
                + $"which '{other}' already uses; give each its own wire name."
        );
}
