using McpRuntime.Configuration;

namespace McpRuntime.Connectors.Registry;

/// <summary>Which folder is loaded and how it is followed.</summary>
public sealed record ConnectorRegistryOptions
{
    /// <summary>
    /// Manifests are all <c>*.yaml</c>, <c>*.yml</c> and <c>*.json</c> below it, but not those in hidden files and
    /// folders.
    /// </summary>
    public required string Folder { get; init; }

    /// <summary>Full path of the one manifest that is read; null for all of <see cref="Folder"/>.</summary>
    public string? OnlyFile { get; init; }

    /// <summary>Changes of the folder are followed; otherwise it is read once, and on request.</summary>
    public bool HotReload { get; init; }

    /// <summary>How long a file must stay as it is before it is read, so that none is read half-written.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How often the folder is looked at besides the notifications of the file system, which network drives and
    /// container mounts often do not send.
    /// </summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Where manifests are kept compiled, for the next process; null for nowhere.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Path of the lock: only tools that are as they were reviewed are served; null for all.</summary>
    public string? LockFile { get; init; }

    /// <inheritdoc cref="RuntimeSettings.LockStartFile"/>
    public string? LockStartFile { get; init; }

    /// <summary>Bytes of one manifest.</summary>
    public long MaxManifestBytes { get; init; } = new DocumentLimits().MaxBytes;
}
