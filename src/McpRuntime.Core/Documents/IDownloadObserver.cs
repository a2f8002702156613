namespace McpRuntime.Documents;

/// <summary>
/// Is told how documents are downloaded, while they are. Methods are called on threads of the download; they only
/// queue, and throw nothing.
/// </summary>
public interface IDownloadObserver
{
    /// <summary>More bytes have arrived.</summary>
    /// <param name="location">The URL, without user information.</param>
    /// <param name="bytes">Bytes so far, after decompression.</param>
    /// <param name="announced">Bytes in all as the server announced them; null where it did not.</param>
    void Receiving(string location, long bytes, long? announced);

    /// <summary>A request was answered, and the answer read.</summary>
    /// <param name="location">The URL, without user information.</param>
    /// <param name="status">The HTTP status; a redirect is followed by another request.</param>
    /// <param name="bytes">Bytes of the document, after decompression; 0 for any other answer.</param>
    /// <param name="duration">From the request to the end of the answer.</param>
    void Answered(string location, int status, long bytes, TimeSpan duration);
}
