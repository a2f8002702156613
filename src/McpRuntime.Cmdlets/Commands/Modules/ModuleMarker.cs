using System.Collections;
using System.Management.Automation.Language;

namespace McpRuntime.Cmdlets.Commands.Modules;

/// <summary>
/// What the manifest of a module says about where it is from (<c>PrivateData.McpRuntime</c>): only a module with a
/// marker is ever replaced or removed, and only by its own connector.
/// </summary>
internal sealed record ModuleMarker
{
    /// <summary>The name of the table in <c>PrivateData</c>.</summary>
    public const string Key = "McpRuntime";

    /// <summary>What this version writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The form of the module's files.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>The connector's name.</summary>
    public required string Connector { get; init; }

    /// <summary>Prefix of the commands.</summary>
    public required string Prefix { get; init; }

    /// <summary>The connectors folder; null for the default one, and for a module with a manifest inside.</summary>
    public string? ConnectorPath { get; init; }

    /// <summary>The commands belong to this connector, whatever their prefix is.</summary>
    public bool IsOf(string connector, string? connectorPath) =>
        Connector == connector
        && string.Equals(
            ConnectorPath,
            connectorPath,
            OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal
        );

    /// <summary>
    /// The marker of a module's manifest; null where it has none, or is not a table of constants. It is read as data:
    /// nothing in it runs.
    /// </summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be read.</exception>
    public static ModuleMarker? Read(string manifest) =>
        Table(manifest)?["PrivateData"] is Hashtable data
        && data[Key] is Hashtable marker
        && marker[nameof(Connector)] is string connector
        && marker[nameof(Prefix)] is string prefix
        && marker[nameof(Format)] is int format
            ? new ModuleMarker
            {
                Format = format,
                Connector = connector,
                Prefix = prefix,
                ConnectorPath = marker[nameof(ConnectorPath)] as string,
            }
            : null;

    /// <summary>Names of the commands that a module's manifest lists.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be read.</exception>
    public static IReadOnlyList<string> CommandsIn(string manifest) =>
        Table(manifest)?["CmdletsToExport"] is { } commands
            ? [.. (commands as object[] ?? [commands]).OfType<string>()]
            : [];

    private static Hashtable? Table(string manifest)
    {
        var tree = Parser.ParseInput(File.ReadAllText(manifest), out _, out var errors);
        if (errors.Length > 0)
            return null;
        try
        {
            return tree.Find(ast => ast is HashtableAst, searchNestedScriptBlocks: false)?.SafeGetValue() as Hashtable;
        }
        catch (InvalidOperationException)
        {
            // It has an expression.
            return null;
        }
    }
}
