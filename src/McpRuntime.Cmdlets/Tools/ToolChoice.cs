using System.Management.Automation;

namespace McpRuntime.Cmdlets.Tools;

/// <summary>Which tools are meant. What is empty excludes none.</summary>
internal sealed record ToolChoice
{
    /// <summary>Names of connectors, with wildcards.</summary>
    public IReadOnlyList<string> Connectors { get; init; } = [];

    /// <summary>Only those that change nothing.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>HTTP methods, in any case.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>Tags, with wildcards; one of them is enough.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    public bool Allows(McpTool tool) =>
        (Connectors.Count == 0 || Connectors.Any(tool.IsOf))
        && (!ReadOnly || tool.ReadOnly)
        && (Methods.Count == 0 || Methods.Contains(tool.Method, StringComparer.OrdinalIgnoreCase))
        && (Tags.Count == 0 || Tags.Any(pattern => tool.Tags.Any(tag => IsLike(pattern, tag))));

    /// <summary>A name is like a pattern, whatever the case.</summary>
    public static bool IsLike(string pattern, string name) =>
        WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant).IsMatch(name);
}
