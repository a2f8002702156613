using McpRuntime.Connectors.Compiled;
using McpRuntime.Diagnostics;
using McpRuntime.Files;
using McpRuntime.Locks;
using McpRuntime.Manifests;

namespace McpRuntime.Connectors.Registry;

/// <summary>What is known of one file of a connectors folder. Immutable.</summary>
internal sealed record FolderFile(SeenFile Seen)
{
    public string Path => Seen.Path;

    /// <summary>What the file holds; null where it could not be read.</summary>
    public ContentKey? Content { get; private init; }

    /// <summary>The newest valid version; null when there was none.</summary>
    public ConnectorManifest? Manifest { get; private init; }

    /// <summary>About the newest content.</summary>
    public IReadOnlyList<Finding> Findings { get; private init; } = [];

    /// <summary>The newest content cannot be used.</summary>
    public bool IsInvalid { get; private init; }

    /// <summary>The lock that <see cref="Manifest"/> was compared with; null for none.</summary>
    public ToolLock? Lock { get; private init; }

    /// <summary>What the lock refuses of the newest content.</summary>
    public RefusedConnector? Refused { get; private init; }

    /// <summary>
    /// It became invalid just now and is looked at once more before anyone is told: a writer may not be done.
    /// </summary>
    public bool IsOnTrial { get; private init; }

    /// <summary>Reads the file, unless its content is the one that is known already.</summary>
    /// <param name="seen">As it was listed.</param>
    /// <param name="earlier">What was known of it.</param>
    /// <param name="allowTrial">The folder is being followed, so that an invalid file is read again soon.</param>
    /// <param name="maxBytes">A larger file is a finding.</param>
    /// <param name="compiled">Manifests that were read before.</param>
    /// <param name="reviewed">Which tools are served; null for all.</param>
    public static FolderFile Read(
        SeenFile seen,
        FolderFile? earlier,
        bool allowTrial,
        long maxBytes,
        CompiledManifests compiled,
        ToolLock? reviewed
    )
    {
        var path = seen.Path;
        try
        {
            using var file = Open(path, maxBytes);
            var content = ContentKey.Of(file, path);
            if (
                earlier is { IsOnTrial: false }
                && content.Equals(earlier.Content)
                && ReferenceEquals(earlier.Lock, reviewed)
            )
                return earlier with { Seen = seen };
            var known = reviewed is null
                ? compiled.Find(content, path)
                : compiled.FindReviewed(content, path, reviewed.Start);
            if (known is not { } result)
            {
                var text = ReadAll(file);
                // It may have been written to since: what is kept belongs to what was read.
                content = ContentKey.Of(text, path);
                result = compiled.ReadAnew(content, text, path, reviewed?.Start);
            }
            // What was kept has been compared already.
            var compared = known is null ? reviewed : null;
            return (
                result.Manifest is { } manifest
                    ? Valid(seen, content, earlier, manifest, result.Findings, compared)
                    : Invalid(seen, content, earlier, allowTrial, result.Findings)
            ) with
            {
                Lock = reviewed,
            };
        }
        catch (FindingsException e)
        {
            // The lock, which is read when a manifest has to be compared.
            return Invalid(seen, null, earlier, allowTrial: false, e.Findings);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Invalid(
                seen,
                null,
                earlier,
                allowTrial,
                [
                    new Finding(
                        ManifestRules.Unreadable,
                        FindingSeverity.Error,
                        $"The manifest cannot be read: {e.Message}"
                    )
                    {
                        Source = path,
                    },
                ]
            );
        }
    }

    private static FolderFile Valid(
        SeenFile seen,
        ContentKey content,
        FolderFile? earlier,
        ConnectorManifest manifest,
        IReadOnlyList<Finding> findings,
        ToolLock? reviewed
    )
    {
        var file = new FolderFile(seen)
        {
            Content = content,
            Manifest = manifest,
            Findings = findings,
        };
        if (reviewed is null)
            return file;
        var check = LockCheck.Of(reviewed, manifest, seen.Path);
        findings = [.. findings, .. check.Findings];
        var refused =
            check.Differences.Count == 0 ? null : new RefusedConnector(seen.Path, manifest.Name, check.Differences);
        // Tools that were reviewed and are loaded go on as they are, with all that they share.
        return
            ReferenceEquals(earlier?.Lock, reviewed)
            && earlier.Manifest is { } loaded
            && loaded.Tools.Any(tool => check.Refused.Contains(tool.Name))
            ? Invalid(seen, content, earlier, allowTrial: false, findings) with
            {
                Refused = refused,
            }
            : file with
            {
                Manifest = check.Allowed,
                Findings = findings,
                Refused = refused,
            };
    }

    private static FolderFile Invalid(
        SeenFile seen,
        ContentKey? content,
        FolderFile? earlier,
        bool allowTrial,
        IReadOnlyList<Finding> findings
    ) =>
        new(seen)
        {
            Content = content,
            Manifest = earlier?.Manifest,
            Findings = findings,
            IsInvalid = true,
            IsOnTrial = allowTrial && !(earlier is { IsInvalid: true } && Equals(earlier.Content, content)),
        };

    private static FileStream Open(string path, long maxBytes)
    {
        var file = RegularFile.OpenRead(path);
        if (file.Length <= maxBytes)
            return file;
        using (file)
            throw new IOException(
                $"it has {CountText.Of(file.Length, "byte")}, and {maxBytes} is the limit "
                    + $"(MCP_RUNTIME_MAX_DOCUMENT_BYTES)."
            );
    }

    private static byte[] ReadAll(FileStream file)
    {
        file.Position = 0;
        var content = new byte[file.Length];
        var read = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return read == content.Length ? content : content[..read];
    }
}
