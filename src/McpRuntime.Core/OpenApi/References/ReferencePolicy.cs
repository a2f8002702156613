namespace McpRuntime.OpenApi.References;

/// <summary>
/// Which other documents a document may bring in. A document is not trusted: it must not make the person who imports
/// it read files or ask servers that have nothing to do with it.
/// </summary>
/// <param name="Entry">Where the document itself came from; null for standard input.</param>
/// <param name="AllowExternal">The person allowed references beyond the document's folder or origin.</param>
/// <param name="OptionName">What the front end calls that choice; null where it does not have it.</param>
internal sealed record ReferencePolicy(Uri? Entry, bool AllowExternal, string? OptionName)
{
    private string WayOut => OptionName is null ? "" : $"; import with {OptionName} to read it";

    /// <summary>Why a document may not be read; null when it may.</summary>
    internal string? Refuse(Uri uri)
    {
        if (uri.IsFile)
            return RefuseFile(uri);
        if (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            return $"it has the scheme '{uri.Scheme}', and only files, http and https are read";
        if (uri.UserInfo.Length > 0)
            return "it holds a user name or password";
        if (AllowExternal || (Entry is { IsFile: false } && IsSameOrigin(uri, Entry)))
            return null;
        return Entry is { IsFile: false }
            ? $"it is on another origin than the document ({Entry.GetLeftPart(UriPartial.Authority)}){WayOut}"
            : $"it is a URL and the document is a file{WayOut}";
    }

    private string? RefuseFile(Uri uri)
    {
        // A document from the network never reaches a local file, whatever was allowed.
        if (Entry is not { IsFile: true })
            return "it is a local file and the document is not";
        if (uri.IsUnc)
            return "it is on a network share";
        if (AllowExternal || IsBelow(uri.LocalPath, Path.GetDirectoryName(Entry.LocalPath)!))
            return null;
        return $"it is outside of the document's folder ({Path.GetDirectoryName(Entry.LocalPath)}){WayOut}";
    }

    private static bool IsSameOrigin(Uri left, Uri right) =>
        Uri.Compare(left, right, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase)
        == 0;

    // Both with their symbolic links followed: a link inside of the folder may lead out of it.
    private static bool IsBelow(string path, string folder)
    {
        var root = RealPath(folder);
        var prefix = Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar;
        var comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return RealPath(path).StartsWith(prefix, comparison);
    }

    private static string RealPath(string path)
    {
        var full = Path.GetFullPath(path);
        var parent = Path.GetDirectoryName(full);
        if (parent is null)
            return full;
        var real = Path.Combine(RealPath(parent), Path.GetFileName(full));
        try
        {
            return new FileInfo(real).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? real;
        }
        catch (IOException)
        {
            return real;
        }
    }
}
