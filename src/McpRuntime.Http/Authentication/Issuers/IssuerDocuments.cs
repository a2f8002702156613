using McpRuntime.Configuration;
using McpRuntime.Network;
using Microsoft.IdentityModel.Protocols;

namespace McpRuntime.Http.Authentication.Issuers;

/// <summary>
/// Reads what issuers publish. An issuer may be internal: who says who everyone is can be trusted to name its hosts.
/// Addresses of cloud metadata are never reached, and redirects not followed.
/// </summary>
internal sealed class IssuerDocuments(GuardedHttp http, RuntimeSettings settings) : IDocumentRetriever
{
    private const int MostBytes = 1024 * 1024;

    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);

    /// <exception cref="IOException">There is no such document, or it cannot be read.</exception>
    public async Task<string> GetDocumentAsync(string address, CancellationToken cancel)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || !IsSafe(url))
            throw new IOException("An issuer names a URL that is neither https nor http on loopback.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeLimit);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.TryAddWithoutValidation("Accept", "application/json");
            using var response = await http.For(AddressesOf(url)).SendAsync(request, limit.Token);
            if (!response.IsSuccessStatusCode)
                throw new IOException($"{url} answered HTTP {(int)response.StatusCode}.");
            await response.Content.LoadIntoBufferAsync(MostBytes, limit.Token);
            return await response.Content.ReadAsStringAsync(limit.Token);
        }
        catch (Exception failure)
            when (failure is HttpRequestException or McpRuntimeException or InvalidDataException
                || (failure is OperationCanceledException && !cancel.IsCancellationRequested)
            )
        {
            throw new IOException($"{url} cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Where the endpoints that an issuer names may be.</summary>
    public AddressPolicy AddressesOf(Uri url) => new(settings.AllowedNetworks, [url.Host]);

    /// <summary>Anyone who can change keys or codes on their way can be anyone.</summary>
    public static bool IsSafe(Uri url) => url.Scheme == "https" || (url.Scheme == "http" && url.IsLoopback);
}
