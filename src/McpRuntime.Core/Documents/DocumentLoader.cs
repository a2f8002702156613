using McpRuntime.Configuration;
using McpRuntime.Diagnostics;
using McpRuntime.Documents.Sources;

namespace McpRuntime.Documents;

/// <summary>
/// Reads documents from files, URLs and streams within <see cref="DocumentLimits"/>. Documents are not trusted: their
/// bytes are counted while they come, and each redirect is checked as if a user had named it.
/// </summary>
/// <param name="limits">Bounds of every read.</param>
/// <param name="http">
/// Gives what sends the request for one URL. It must not follow redirects, and it is where address rules are kept;
/// the loader does not dispose it. Null sends directly, without any rule about addresses.
/// </param>
/// <param name="observer">Is told how downloads go on; null for no one.</param>
public sealed class DocumentLoader(
    DocumentLimits limits,
    Func<Uri, HttpMessageInvoker>? http = null,
    IDownloadObserver? observer = null
)
{
    private readonly HttpDocumentReader _http = new(limits, http ?? DirectHttp.For, observer);

    /// <exception cref="FindingsException">It cannot be reached, is too large, is not text, or is not JSON or
    /// YAML.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public Task<LoadedDocument> LoadAsync(DocumentSource source, CancellationToken cancellationToken) =>
        LoadAsync(source, refuse: null, cancellationToken);

    /// <summary>The same, for a document that no user named.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="refuse">
    /// Why a redirect to an address is not followed, or null where it is. Without this function a user named the
    /// document: every redirect is followed, and a file may be a pipe.
    /// </param>
    /// <param name="cancellationToken">Ends the read.</param>
    internal async Task<LoadedDocument> LoadAsync(
        DocumentSource source,
        Func<Uri, string?>? refuse,
        CancellationToken cancellationToken
    )
    {
        var location = source.Location;
        ReadBytes read;
        switch (source)
        {
            case DocumentSource.FromUri { Uri: { IsAbsoluteUri: true, IsFile: true } uri }:
                read = await FileDocumentReader.ReadAsync(
                    uri.LocalPath,
                    location,
                    limits,
                    refuse is null,
                    cancellationToken
                );
                break;
            case DocumentSource.FromUri { Uri: var uri }:
                location = HttpDocumentReader.Display(uri);
                read = await _http.ReadAsync(uri, refuse ?? (_ => null), cancellationToken);
                break;
            case DocumentSource.FromFile { Path: var path }:
                read = await FileDocumentReader.ReadAsync(path, location, limits, refuse is null, cancellationToken);
                break;
            case DocumentSource.FromStream { Open: var open }:
                await using (var stream = open())
                    read = await BoundedReader.ReadAsync(
                        stream,
                        limits.MaxBytes,
                        location,
                        expected: null,
                        onRead: null,
                        cancellationToken
                    );
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(source), source, "An unknown kind of source.");
        }
        return new LoadedDocument(read.Bytes, location, read.BaseUri, limits);
    }
}
