using System.Collections.ObjectModel;
using System.Management.Automation;

namespace McpRuntime.Cmdlets.Shell;

/// <summary>Paths as PowerShell reads them, as full paths of the file system.</summary>
internal static class FilePaths
{
    private const string FileSystem = "FileSystem";

    /// <summary>
    /// The existing files behind a path with wildcards; a path that matches nothing is reported. A file whose own name
    /// has brackets is found by it, where they match no other.
    /// </summary>
    public static IReadOnlyList<string> Matching(PSCmdlet cmdlet, string path)
    {
        try
        {
            var found = cmdlet.SessionState.Path.GetResolvedProviderPathFromPSPath(path, out var provider);
            if (!IsFileSystem(cmdlet, path, provider))
                return ReadOnlyCollection<string>.Empty;
            if (found.Count > 0)
                return found;
            var literal = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out _, out _);
            if (File.Exists(literal))
                return [literal];
            cmdlet.WriteError(
                new ErrorRecord(
                    new McpRuntimeException($"No file matches '{path}' ('{literal}')."),
                    ErrorId.PathNotFound,
                    ErrorCategory.ObjectNotFound,
                    path
                )
            );
        }
        catch (ItemNotFoundException exception)
        {
            cmdlet.WriteError(new ErrorRecord(exception, ErrorId.PathNotFound, ErrorCategory.ObjectNotFound, path));
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            cmdlet.WriteError(new ErrorRecord(exception, ErrorId.PathNotFound, ErrorCategory.ObjectNotFound, path));
        }
        return [];
    }

    /// <summary>
    /// A path taken literally, which need not exist; null, and an error, where it is none of the file system.
    /// </summary>
    public static string? Literal(PSCmdlet cmdlet, string path)
    {
        try
        {
            var full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return IsFileSystem(cmdlet, path, provider) ? full : null;
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            cmdlet.WriteError(new ErrorRecord(exception, ErrorId.PathNotFound, ErrorCategory.ObjectNotFound, path));
            return null;
        }
    }

    private static bool IsFileSystem(PSCmdlet cmdlet, string path, ProviderInfo provider)
    {
        if (provider.Name == FileSystem)
            return true;
        var refusal = new McpRuntimeException(
            $"'{path}' belongs to the provider {provider.Name}; use a file system path."
        );
        cmdlet.WriteError(new ErrorRecord(refusal, ErrorId.ProviderNotSupported, ErrorCategory.InvalidArgument, path));
        return false;
    }

    // An unknown drive or provider, or a provider that cannot read the path.
    private static bool IsRefusal(Exception exception) =>
        exception
            is SessionStateException
                or ProviderInvocationException
                or PSNotSupportedException
                or PSInvalidOperationException
                or PSArgumentException;
}
