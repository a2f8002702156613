using McpRuntime.Cmdlets.Commands.Building;
using McpRuntime.Cmdlets.Commands.Emission;
using McpRuntime.Cmdlets.Commands.Model;
using McpRuntime.Cmdlets.Commands.Sources;
using McpRuntime.Cmdlets.Tools;
using McpRuntime.Commands;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;
using McpRuntime.Manifests;

namespace McpRuntime.Cmdlets.Commands.Modules;

/// <summary>The module that a connector with a prefix has.</summary>
internal sealed class ConnectorModule
{
    private readonly ConnectorManifest _manifest;

    private ConnectorModule(ConnectorManifest manifest, string prefix, string? connectorPath, string folder)
    {
        _manifest = manifest;
        Marker = new ModuleMarker
        {
            Connector = manifest.Name,
            Prefix = prefix,
            ConnectorPath = connectorPath,
        };
        var location = new ToolLocation(null, null, folder);
        var tools = ToolCatalog
            .Create([manifest])
            .Tools.ToDictionary(tool => tool.ManifestName, tool => new McpTool(tool, location), StringComparer.Ordinal);
        Commands = CommandModels.Of(CommandPlan.Of(manifest), prefix, manifest.Name, name => tools[name]);
    }

    /// <summary>The module's name.</summary>
    public string Name => ModuleName.Of(Marker.Connector);

    public ModuleMarker Marker { get; }

    /// <summary>May be none.</summary>
    public IReadOnlyList<CommandModel> Commands { get; }

    /// <summary>Null for a connector without a prefix.</summary>
    /// <param name="manifest">The connector.</param>
    /// <param name="connectorPath">The connectors folder where it is not the default one.</param>
    /// <param name="folder">The connectors folder.</param>
    public static ConnectorModule? Of(ConnectorManifest manifest, string? connectorPath, string folder) =>
        manifest.CommandPrefix is { } prefix ? new ConnectorModule(manifest, prefix, connectorPath, folder) : null;

    /// <summary>The version of the connector.</summary>
    public Version Version => ModuleVersion.Of(_manifest.Version);

    /// <summary>The files of the module, its manifest last.</summary>
    /// <param name="runtime">The module McpRuntime that it needs.</param>
    public IReadOnlyList<ModuleFile> Files(RequiredModule runtime) => Files(runtime, Version, Marker.ConnectorPath);

    /// <summary>The files of a module that has the connector in it, its manifest last.</summary>
    /// <param name="runtime">The module McpRuntime that it needs.</param>
    /// <param name="version">The module's version.</param>
    public IReadOnlyList<ModuleFile> Export(RequiredModule runtime, Version version) =>
        [
            new ModuleFile(ApiSource.OwnManifest, ManifestWriter.ToUtf8(Portable(_manifest))),
            .. Files(runtime, version, folder: "."),
        ];

    // Without what only this machine or its user knows.
    private static ConnectorManifest Portable(ConnectorManifest manifest) =>
        manifest.Source is { } source
            ? manifest with
            {
                Source = source with { Location = Portable(source.Location) },
            }
            : manifest;

    private static string Portable(string location) =>
        Uri.TryCreate(location, UriKind.Absolute, out var url)
        && url.Scheme.StartsWith("http", StringComparison.Ordinal)
            ? url.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
            : location[(location.LastIndexOfAny(['/', '\\']) + 1)..];

    private IReadOnlyList<ModuleFile> Files(RequiredModule runtime, Version version, string? folder) =>
        CommandModule.FilesOf(
            Commands,
            Marker,
            new CommandSource(Marker.Connector) { Folder = folder },
            version,
            UntrustedText.Clean(_manifest.Title),
            runtime
        );
}
