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

/// <summary>A connector that was installed in a project.</summary>
/// <param name="Project">Name of the project.</param>
/// <param name="Name">Name of the connector; the same as in the manifest.</param>
/// <param name="Manifest">The manifest as YAML.</param>
/// <param name="Enabled">It is served.</param>
/// <param name="Tools">Globs of tools that are served; all without any.</param>
/// <param name="ReadOnly">Only read-only tools are served.</param>
/// <param name="PrivateNetworks">It may reach the networks that the operator allows, not only public addresses.</param>
/// <param name="Created">When it was installed.</param>
/// <param name="Updated">When it was last changed.</param>
/// <param name="Number">Counts its changes.</param>
internal sealed record ProjectConnector(
    string Project,
    string Name,
    string Manifest,
    bool Enabled,
    IReadOnlyList<string> Tools,
    bool ReadOnly,
    bool PrivateNetworks,
    DateTimeOffset Created,
    DateTimeOffset Updated,
    long Number
)
{
    /// <summary>See <see cref="Projects.Version"/>.</summary>
    public Version Version => new(Number, Created);
}
