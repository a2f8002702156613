using McpRuntime.Configuration;
using McpRuntime.Files;

namespace McpRuntime.Documents.Sources;

/// <summary>Reads files, and says in plain words why one cannot be read.</summary>
internal static class FileDocumentReader
{
    /// <param name="path">The file.</param>
    /// <param name="location">How messages name it.</param>
    /// <param name="limits">Bounds of the read.</param>
    /// <param name="mayBePipe">
    /// A user named it, so that a pipe is what was meant, e.g. of <c>&lt;(curl …)</c> in a shell. A document that names
    /// a pipe would make its reader wait for ever.
    /// </param>
    /// <param name="cancellationToken">Ends the read, also where opening the file blocks.</param>
    public static async Task<ReadBytes> ReadAsync(
        string path,
        string location,
        DocumentLimits limits,
        bool mayBePipe,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var full = Path.GetFullPath(path);
            if (Directory.Exists(full))
            {
                throw DocumentFailure.Because(
                    DocumentRules.IsDirectory,
                    $"'{path}' is a folder; name a file in it, e.g. '{Path.Combine(path, "openapi.json")}'.",
                    location
                );
            }
            await using var file = mayBePipe
                ? await OpenNamedAsync(full, cancellationToken)
                : RegularFile.OpenRead(full, isAsync: true);
            long? length = file.CanSeek ? file.Length : null;
            if (length > limits.MaxBytes)
                throw DocumentFailure.TooLarge(location, limits.MaxBytes, length);
            var read = await BoundedReader
                .ReadAsync(file, limits.MaxBytes, location, length, onRead: null, cancellationToken)
                .WaitAsync(cancellationToken);
            return read with { BaseUri = new Uri(full) };
        }
        catch (Exception exception)
            when (exception is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            throw DocumentFailure.Because(
                DocumentRules.NotFound,
                $"There is no file '{path}' (looked in '{Directory.GetCurrentDirectory()}'). Check the path.",
                location
            );
        }
        catch (UnauthorizedAccessException)
        {
            throw DocumentFailure.Because(
                DocumentRules.Unreadable,
                $"Access to the file '{path}' is denied; change its permissions or copy it.",
                location
            );
        }
        catch (Exception exception) when (exception is IOException or NotSupportedException)
        {
            throw DocumentFailure.Because(
                DocumentRules.Unreadable,
                $"The file '{path}' cannot be read: {exception.Message}",
                location
            );
        }
    }

    // Opening a pipe blocks until someone writes to it. That cannot be cancelled, but waiting for it can.
    private static Task<FileStream> OpenNamedAsync(string path, CancellationToken cancellationToken) =>
        File.Exists(path) && !RegularFile.HasContent(path)
            ? Task.Run(() => Open(path), CancellationToken.None).WaitAsync(cancellationToken)
            : Task.FromResult(Open(path));

    private static FileStream Open(string path) =>
        new(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete,
            bufferSize: 0,
            useAsync: true
        );
}
