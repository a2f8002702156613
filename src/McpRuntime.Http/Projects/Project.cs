using System.Text.RegularExpressions;
using McpRuntime.Configuration;

namespace McpRuntime.Http.Projects;

/// <summary>A named set of connectors with its own endpoint.</summary>
/// <param name="Name">See <see cref="Pattern"/>; part of URLs and of the identity of its connectors.</param>
/// <param name="Title">For people.</param>
/// <param name="Description">For people.</param>
/// <param name="Expose">What clients see where their URL does not say; null for the gateway's default.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Updated">When it was last changed.</param>
/// <param name="Number">Counts its changes.</param>
internal sealed partial record Project(
    string Name,
    string Title,
    string Description,
    ToolExposure? Expose,
    DateTimeOffset Created,
    DateTimeOffset Updated,
    long Number
)
{
    /// <summary>See <see cref="Projects.Version"/>.</summary>
    public Version Version => new(Number, Created);

    public const string Pattern = "^[a-z][a-z0-9-]{0,49}$";

    public static bool IsName(string name) => Shape().IsMatch(name) && !name.EndsWith('\n');

    [GeneratedRegex(Pattern, RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
