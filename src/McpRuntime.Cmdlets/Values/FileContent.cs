namespace McpRuntime.Cmdlets.Values;

/// <summary>The content of files that the user gives as values. A path that is only text is never read.</summary>
internal static class FileContent
{
    /// <exception cref="McpRuntimeException">It cannot be read.</exception>
    public static byte[] Read(FileInfo file)
    {
        try
        {
            return File.ReadAllBytes(file.FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new McpRuntimeException($"The file '{file.FullName}' cannot be read: {exception.Message}", exception);
        }
    }
}
