using System.Collections;
using McpRuntime.Cmdlets.Completion;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Manifests;

namespace McpRuntime.Cmdlets.Folders;

/// <summary>
/// Names of connectors, from the names of their files: reading every manifest takes longer than a key press.
/// </summary>
public sealed class ConnectorNameCompleter : McpCompleter
{
    private static readonly EnumerationOptions Options = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = 1,
        IgnoreInaccessible = true,
    };

    private protected override IEnumerable<(string Text, string? ToolTip)> Candidates(IDictionary bound)
    {
        var folder = ModuleOptions.Settings(Bound(bound, "ConnectorPath")).ConnectorsFolder;
        return Directory
            .EnumerateFiles(folder, "*", Options)
            .Where(file => Path.GetExtension(file) is ".yaml" or ".yml" or ".json")
            .Select(file => Path.ChangeExtension(Path.GetRelativePath(folder, file), null).Replace('\\', '/'))
            .Where(ConnectorName.IsValid)
            .Order(StringComparer.Ordinal)
            .Select(name => (name, (string?)null));
    }
}
