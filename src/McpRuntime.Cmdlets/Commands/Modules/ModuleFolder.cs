using System.Text.RegularExpressions;

namespace McpRuntime.Cmdlets.Commands.Modules;

/// <summary>The folder of one connector's module.</summary>
/// <remarks>
/// A folder in the module path takes over commands by its name. So it is replaced and removed only where its manifest
/// has the marker of this connector, and only files that a module of ours has are deleted.
/// </remarks>
/// <param name="path">The folder.</param>
/// <param name="name">The module's name.</param>
internal sealed partial class ModuleFolder(string path, string name)
{
    private const string HelpFolder = "en-US";

    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>The module's manifest.</summary>
    public string Manifest { get; } = System.IO.Path.Combine(path, name + ".psd1");

    /// <summary>The marker of the module that is there; null where none of ours is.</summary>
    /// <exception cref="McpRuntimeException">It cannot be read.</exception>
    public ModuleMarker? Marker()
    {
        try
        {
            return File.Exists(Manifest) ? ModuleMarker.Read(Manifest) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new McpRuntimeException($"'{Manifest}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The module is that of a connector; not where its manifest cannot be read.</summary>
    public bool IsOf(ModuleMarker marker)
    {
        try
        {
            return Marker()?.IsOf(marker.Connector, marker.ConnectorPath) == true;
        }
        catch (McpRuntimeException)
        {
            return false;
        }
    }

    /// <summary>The commands that a connector's module has now; none where it is not there.</summary>
    public IReadOnlyList<string> Commands(ModuleMarker marker) => IsOf(marker) ? ModuleMarker.CommandsIn(Manifest) : [];

    /// <summary>Why a module of this connector cannot be written here; null where it can.</summary>
    /// <exception cref="McpRuntimeException">What is there cannot be read.</exception>
    public string? Refusal(ModuleMarker marker)
    {
        if (File.Exists(Path))
            return $"'{Path}' is a file, where the module's folder would be. Move it, or use -ModulePath.";
        if (!Directory.Exists(Path) || !Directory.EnumerateFileSystemEntries(Path).Any())
            return null;
        var found = Marker();
        if (found is null)
            return $"'{Path}' holds something else than a module that McpRuntime wrote for a connector. Move it, or "
                + "write the module elsewhere with -ModulePath.";
        if (found.IsOf(marker.Connector, marker.ConnectorPath))
            return null;
        var whose = found.ConnectorPath is { } folder ? $"'{found.Connector}' in '{folder}'" : $"'{found.Connector}'";
        return $"'{Path}' is the module of the connector {whose}. Write this one elsewhere with -ModulePath, or import "
            + "the document with another -Name.";
    }

    /// <summary>The module that is there has exactly these files.</summary>
    public bool Has(IReadOnlyList<ModuleFile> files) => files.All(file => file.IsIn(Path)) && !Leftovers(files).Any();

    /// <summary>Writes the module. The manifest is its last file; a new folder appears as a whole.</summary>
    /// <param name="files">The files, the manifest at the end.</param>
    /// <param name="marker">Whose module it is.</param>
    /// <exception cref="McpRuntimeException">It cannot be written, or the folder is not ours.</exception>
    public void Write(IReadOnlyList<ModuleFile> files, ModuleMarker marker)
    {
        if (Refusal(marker) is { } reason)
            throw new McpRuntimeException(reason);
        try
        {
            if (Directory.Exists(Path))
            {
                foreach (var file in files)
                    file.WriteTo(Path);
                Delete(Leftovers(files));
            }
            else
                WriteNew(files);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new McpRuntimeException(
                $"The module cannot be written to '{Path}': {exception.Message} Use -ModulePath for another folder.",
                exception
            );
        }
    }

    /// <summary>Deletes the module's files, and the folder where nothing else is in it.</summary>
    /// <returns>Files that are left, which another session has loaded.</returns>
    /// <exception cref="McpRuntimeException">The manifest cannot be deleted.</exception>
    public IReadOnlyList<string> Remove()
    {
        try
        {
            // First, so that there is no module any more; what follows is room on the disk.
            File.Delete(Manifest);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new McpRuntimeException($"'{Manifest}' cannot be deleted: {exception.Message}", exception);
        }
        var left = Delete(Leftovers([]));
        DeleteIfEmpty(System.IO.Path.Combine(Path, HelpFolder));
        DeleteIfEmpty(Path);
        return left;
    }

    private void WriteNew(IReadOnlyList<ModuleFile> files)
    {
        var parent = System.IO.Path.GetDirectoryName(Path)!;
        Directory.CreateDirectory(parent);
        // Not found by PowerShell: the folder's name is not the manifest's.
        var temporary = $"{Path}.{System.IO.Path.GetRandomFileName()}.tmp";
        try
        {
            foreach (var file in files)
                file.WriteTo(temporary);
            DeleteIfEmpty(Path);
            Directory.Move(temporary, Path);
        }
        catch
        {
            if (Directory.Exists(temporary))
                Directory.Delete(temporary, recursive: true);
            throw;
        }
    }

    // Files of earlier modules of this name. A session that has loaded an assembly goes on with it; Windows keeps such
    // a file until then.
    private IEnumerable<string> Leftovers(IReadOnlyList<ModuleFile> files)
    {
        var current = files.Select(file => file.In(Path)).ToHashSet(StringComparer.Ordinal);
        return new[] { Path, System.IO.Path.Combine(Path, HelpFolder) }
            .Where(Directory.Exists)
            .SelectMany(Directory.EnumerateFiles)
            .Where(file => IsOwn(System.IO.Path.GetFileName(file)) && !current.Contains(file));
    }

    private bool IsOwn(string file) =>
        file == $"about_{name}.help.txt"
        || (file.StartsWith(name + ".", StringComparison.Ordinal) && OwnSuffix().IsMatch(file[(name.Length + 1)..]));

    private static List<string> Delete(IEnumerable<string> files)
    {
        var left = new List<string>();
        foreach (var file in files.ToList())
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                left.Add(file);
            }
        }
        return left;
    }

    private static void DeleteIfEmpty(string folder)
    {
        if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
    }

    [GeneratedRegex(@"^[0-9a-f]{16}\.dll(-Help\.xml)?$", RegexOptions.CultureInvariant)]
    private static partial Regex OwnSuffix();
}
