namespace McpRuntime.Locks;

/// <summary>
/// Which cached manifests may be served with a lock without comparing their tools again: the account that writes the
/// lock has compared them, with this build of the program and that very lock. Immutable.
/// </summary>
/// <remarks>
/// It is not in the lock. People review a lock by its texts, and no one can tell from a hash what is in a cached
/// manifest: a change that someone proposes would carry a hash past those who approve it.
/// </remarks>
/// <param name="Build">The build of the program, which alone makes and reads such manifests.</param>
/// <param name="LockHash">SHA-256 of the lock's bytes, as <c>sha256:HEX</c>.</param>
/// <param name="Connectors">By their names in the lock; see <see cref="ToolLock.NameOf"/>.</param>
internal sealed record LockStart(string Build, string LockHash, IReadOnlyDictionary<string, CachedConnector> Connectors)
{
    /// <summary>The build that runs.</summary>
    public static string ThisBuild { get; } = typeof(LockStart).Module.ModuleVersionId.ToString("N");

    /// <summary>Why a lock cannot be served by this; null where it can.</summary>
    public string? Objection(string lockHash)
    {
        if (Build != ThisBuild)
            return "was made by another version of the program";
        return LockHash == lockHash ? null : "was made for another state of the lock";
    }

    /// <summary>Some connector was read from this content.</summary>
    /// <param name="manifest">Its hash, as in <see cref="CachedConnector"/>.</param>
    public bool HasManifest(string manifest)
    {
        foreach (var connector in Connectors.Values)
        {
            if (connector.Manifest == manifest)
                return true;
        }
        return false;
    }

    /// <summary>A cached manifest has this hash, of whichever connector: before anything of it is read.</summary>
    public bool HasHash(string hash)
    {
        foreach (var connector in Connectors.Values)
        {
            if (connector.Hash == hash)
                return true;
        }
        return false;
    }

    /// <summary>The cached manifest with this hash is that of the connector.</summary>
    /// <param name="name">The connector's name in the lock.</param>
    /// <param name="hash">Of what would be served.</param>
    public bool IsReviewed(string name, string hash) =>
        Connectors.TryGetValue(name, out var connector) && connector.Hash == hash;
}

/// <summary>A cached manifest whose tools are those of the lock.</summary>
/// <param name="Manifest">The hash of what it was read from.</param>
/// <param name="Hash">SHA-256 of what a start reads of the cache, as <c>sha256:HEX</c>.</param>
internal sealed record CachedConnector(string Manifest, string Hash);
