using System.Net;

namespace McpRuntime.Documents.Sources;

/// <summary>Sends requests as they are, for callers that have no rules about addresses; made when first used.</summary>
internal static class DirectHttp
{
    private static readonly Lazy<HttpMessageInvoker> Invoker = new(() =>
        new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.All,
                UseCookies = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            }
        )
    );

    public static HttpMessageInvoker For(Uri uri) => Invoker.Value;
}
