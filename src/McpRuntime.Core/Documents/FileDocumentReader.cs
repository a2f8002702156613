namespace McpRuntime.Documents;

/// <summary>Reads files, and says in plain words why one cannot be read.</summary>
internal static class FileDocumentReader
{
    public static async Task<(DocumentBuffer Buffer, Uri BaseUri)> ReadAsync(
        string path, string location, DocumentLimits limits, CancellationToken cancellationToken)
    {
        try
        {
            var full = Path.GetFullPath(path);
            if (Directory.Exists(full))
            {
                throw DocumentFailure.Because(
                    DocumentRules.IsDirectory, $"'{path}' is a folder; name a file in it, e.g. '{Path.Combine(path, "openapi.json")}'.", location);
            }
            await using var file = new FileStream(
                full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: true);
            long? length = file.CanSeek ? file.Length : null;
            if (length > limits.MaxBytes)
                throw DocumentFailure.TooLarge(location, limits.MaxBytes, length);
            var buffer = await BoundedReader.ReadAsync(file, limits.MaxBytes, location, length, cancellationToken);
            return (buffer, new Uri(full));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            throw DocumentFailure.Because(
                DocumentRules.NotFound, $"There is no file '{path}' (looked in '{Directory.GetCurrentDirectory()}'). Check the path.", location);
        }
        catch (UnauthorizedAccessException)
        {
            throw DocumentFailure.Because(
                DocumentRules.Unreadable, $"The file '{path}' may not be read by this user; change its permissions or copy it.", location);
        }
        catch (Exception exception) when (exception is IOException or NotSupportedException)
        {
            throw DocumentFailure.Because(
                DocumentRules.Unreadable, $"The file '{path}' cannot be read: {exception.Message}", location);
        }
    }
}
