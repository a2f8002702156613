using McpRuntime.Cmdlets.Tools;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;
using McpRuntime.Manifests;

namespace McpRuntime.Cmdlets.Connectors;

/// <summary>A connector: one REST API as tools.</summary>
public class McpConnector
{
    internal McpConnector(ConnectorManifest manifest, string? path, string? folder, IReadOnlyList<McpTool> tools)
    {
        Manifest = manifest;
        Name = manifest.Name;
        Version = manifest.Version;
        Title = manifest.Title is null ? null : UntrustedText.Clean(manifest.Title);
        Description = manifest.Description is null ? null : UntrustedText.CleanMultiline(manifest.Description);
        BaseUrl = UntrustedText.ForTerminal(manifest.BaseUrl);
        Source = manifest.Source is { } source ? UntrustedText.ForTerminal(source.Location) : null;
        SecuritySchemes = [.. manifest.SecuritySchemes.Keys.Select(UntrustedText.Clean)];
        CommandPrefix = manifest.CommandPrefix;
        Path = path;
        ConnectorPath = folder;
        Tools = [.. tools];
    }

    /// <summary>One of a folder, with its tools.</summary>
    internal static McpConnector Of(LoadedConnector loaded, ConnectorSnapshot snapshot, string folder)
    {
        var location = new ToolLocation(null, null, folder);
        var tools = snapshot
            .Tools.Tools.Where(tool => ReferenceEquals(tool.Connector, loaded.Manifest))
            .Select(tool => new McpTool(tool, location));
        return new McpConnector(loaded.Manifest, loaded.Path, folder, [.. tools]);
    }

    public string Name { get; }

    public string Version { get; }

    public string? Title { get; }

    public string? Description { get; }

    /// <summary>Where calls go.</summary>
    public string BaseUrl { get; }

    /// <summary>The document it was imported from.</summary>
    public string? Source { get; }

    /// <summary>Names of the schemes that calls may need a credential for.</summary>
    public string[] SecuritySchemes { get; }

    /// <summary>What the nouns of its commands begin with; null where it has no commands.</summary>
    public string? CommandPrefix { get; }

    public McpTool[] Tools { get; }

    /// <summary>The manifest's file.</summary>
    public string? Path { get; }

    /// <summary>The connectors folder that holds it.</summary>
    public string? ConnectorPath { get; }

    internal ConnectorManifest Manifest { get; }

    public override string ToString() => Name;
}
