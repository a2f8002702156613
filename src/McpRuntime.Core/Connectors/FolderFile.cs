using McpRuntime.Diagnostics;
using McpRuntime.Files;
using McpRuntime.Manifests;
using McpRuntime.Validation;

namespace McpRuntime.Connectors;

/// <summary>What is known of one file of a connectors folder. Immutable.</summary>
internal sealed record FolderFile(SeenFile Seen)
{
    public string Path => Seen.Path;

    /// <summary>Tells contents apart where length or time differ; never leaves the process.</summary>
    public int ContentHash { get; private init; }

    /// <summary>The newest valid version; null when there was none.</summary>
    public ConnectorManifest? Manifest { get; private init; }

    /// <summary>About the newest content.</summary>
    public IReadOnlyList<Finding> Findings { get; private init; } = [];

    /// <summary>The newest content cannot be used.</summary>
    public bool IsInvalid { get; private init; }

    /// <summary>It became invalid just now and is looked at once more before anybody is told: a writer may not be done.</summary>
    public bool IsOnTrial { get; private init; }

    /// <summary>Reads the file, unless its content is the one that is known already.</summary>
    /// <param name="seen">As it was listed.</param>
    /// <param name="earlier">What was known of it.</param>
    /// <param name="allowTrial">The folder is being followed, so that an invalid file is read again soon.</param>
    /// <param name="maxBytes">A larger file is a finding.</param>
    public static FolderFile Read(SeenFile seen, FolderFile? earlier, bool allowTrial, long maxBytes)
    {
        var path = seen.Path;
        byte[] content;
        try
        {
            content = ReadContent(path, maxBytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Invalid(seen, 0, earlier, allowTrial, [new Finding("unreadable-manifest", FindingSeverity.Error, $"The manifest cannot be read: {e.Message}") { Source = path }]);
        }

        var hash = Hash(content);
        if (earlier is { IsOnTrial: false } && earlier.ContentHash == hash && earlier.Findings is not [{ RuleId: "unreadable-manifest" }])
            return earlier with { Seen = seen };
        var result = ManifestReader.Read(content, path);
        return result.Manifest is { } manifest
            ? new FolderFile(seen) { ContentHash = hash, Manifest = manifest, Findings = result.Findings }
            : Invalid(seen, hash, earlier, allowTrial, result.Findings);
    }

    private static FolderFile Invalid(
        SeenFile seen, int hash, FolderFile? earlier, bool allowTrial, IReadOnlyList<Finding> findings) =>
        new(seen)
        {
            ContentHash = hash,
            Manifest = earlier?.Manifest,
            Findings = findings,
            IsInvalid = true,
            IsOnTrial = allowTrial && !(earlier is { IsInvalid: true } && earlier.ContentHash == hash),
        };

    private static byte[] ReadContent(string path, long maxBytes)
    {
        using var file = RegularFile.OpenRead(path);
        if (file.Length > maxBytes)
            throw new IOException($"it has {file.Length} bytes, and {maxBytes} is the limit (MCP_RUNTIME_MAX_DOCUMENT_BYTES).");
        var content = new byte[file.Length];
        var read = file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        return read == content.Length ? content : content[..read];
    }

    private static int Hash(byte[] content)
    {
        var hash = new HashCode();
        hash.AddBytes(content);
        return hash.ToHashCode();
    }
}
