using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.Documents;
using McpRuntime.Documents.Sources;
using McpRuntime.Manifests;

namespace McpRuntime.Validation;

/// <summary>
/// Reads manifests, and saves them so that a reader sees the old file or the new one and never a part of either.
/// </summary>
public static class ManifestFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Reads and validates a file; one that cannot be read is a result with the reason.</summary>
    /// <param name="path">The file, as the person named it.</param>
    /// <param name="limits">Bounds of the read.</param>
    /// <param name="strict">As for <see cref="ManifestReader.Read"/>.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    public static async Task<ManifestReadResult> ReadAsync(
        string path,
        DocumentLimits limits,
        bool strict,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var read = await FileDocumentReader.ReadAsync(path, path, limits, mayBePipe: true, cancellationToken);
            return ManifestReader.Read(read.Bytes, path, strict);
        }
        catch (FindingsException exception)
        {
            return new ManifestReadResult(null, exception.Findings);
        }
    }

    /// <summary>Findings about a manifest with their lines in its file.</summary>
    /// <exception cref="FindingsException">The file cannot be read.</exception>
    public static async Task<IReadOnlyList<Finding>> LocateAsync(
        string path,
        DocumentLimits limits,
        IReadOnlyList<Finding> findings,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(findings);
        if (findings.Count == 0)
            return findings;
        var read = await FileDocumentReader.ReadAsync(path, path, limits, mayBePipe: true, cancellationToken);
        var parsed = DocumentParser.Parse(read.Bytes, path, limits);
        using (parsed.Json)
            return SourceLocator.Locate(parsed, path, findings);
    }

    /// <summary>
    /// Saves below a connectors folder, as <see cref="ConnectorName.FileFor"/> says, and gives the path.
    /// </summary>
    /// <exception cref="FindingsException">The file exists, the folder cannot be written, or the name is
    /// refused.</exception>
    public static async Task<string> SaveAsync(
        string folder,
        ConnectorManifest manifest,
        bool overwrite,
        CancellationToken cancellationToken
    )
    {
        // The name becomes a path, so it is checked here whatever was checked before.
        if (ConnectorName.Explain(manifest.Name) is { } reason)
            throw Refused(ManifestRules.NotSaved, reason, folder);
        var path = ConnectorName.FileFor(folder, manifest.Name);
        await SaveToAsync(path, manifest, overwrite, cancellationToken);
        return path;
    }

    /// <summary>Saves as <paramref name="path"/>; folders that are missing are made, for their owner only.</summary>
    /// <exception cref="FindingsException">The file exists and <paramref name="overwrite"/> is false, or it cannot be
    /// written.</exception>
    public static async Task SaveToAsync(
        string path,
        ConnectorManifest manifest,
        bool overwrite,
        CancellationToken cancellationToken
    )
    {
        if (Directory.Exists(path))
            throw Refused(ManifestRules.NotSaved, $"'{path}' is a folder; name a file in it.", path);
        if (!overwrite && File.Exists(path))
            throw Exists(path);
        try
        {
            var link = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true) : null;
            var target = Path.GetFullPath(link?.FullName ?? path);
            MakeFolder(Path.GetDirectoryName(target)!);
            await ReplaceAsync(target, ManifestWriter.Parts(manifest), overwrite, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (!overwrite && File.Exists(path))
                throw Exists(path);
            var folder = Path.GetDirectoryName(Path.GetFullPath(path));
            throw Refused(
                ManifestRules.NotSaved,
                $"The manifest cannot be saved as '{path}': {exception.Message} Make '{folder}' writable, or "
                    + $"choose another location.",
                path
            );
        }
    }

    private static async Task ReplaceAsync(
        string target,
        IReadOnlyList<ReadOnlyMemory<byte>> parts,
        bool overwrite,
        CancellationToken cancellationToken
    )
    {
        var temporary = Path.Combine(
            Path.GetDirectoryName(target)!,
            $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.tmp"
        );
        try
        {
            await using (
                var file = new FileStream(
                    temporary,
                    FileMode.CreateNew,
                    FileAccess.Write,
                    FileShare.None,
                    bufferSize: 0,
                    useAsync: true
                )
            )
            {
                await RandomAccess.WriteAsync(file.SafeFileHandle, parts, fileOffset: 0, cancellationToken);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, target, overwrite);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // The platform gives the mode to the last folder only, so each one that is missing is made by itself.
    private static void MakeFolder(string folder)
    {
        if (Directory.Exists(folder))
            return;
        if (Path.GetDirectoryName(folder) is { } parent)
            MakeFolder(parent);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly);
    }

    private static FindingsException Exists(string path) =>
        Refused(ManifestRules.FileExists, $"'{path}' already exists and was not replaced.", path);

    private static FindingsException Refused(string rule, string message, string source) =>
        new([new Finding(rule, FindingSeverity.Error, message) { Source = source }]);
}
