using McpRuntime.Configuration;
using McpRuntime.Credentials;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Credentials.Stores;
using McpRuntime.Network;
using Microsoft.Extensions.Logging;

namespace McpRuntime.Stdio.Credentials;

/// <summary>Where the console finds credentials: what the user stored, then files and environment variables.</summary>
internal sealed class ConsoleSources : IDisposable
{
    private readonly GuardedHttp _http;
    private readonly SignInTokens _tokens;

    public ConsoleSources(RuntimeSettings settings, ILoggerFactory? loggers = null)
    {
        _http = new GuardedHttp(settings.ExtraRoots);
        _tokens = new SignInTokens(_http, TimeProvider.System);
        All =
        [
            new StoredCredentialSource(settings, () => ConsoleStores.Open(settings), _tokens),
            .. CredentialSources.For(settings, loggers),
        ];
    }

    /// <summary>In the order in which they are asked.</summary>
    public IReadOnlyList<ICredentialSource> All { get; }

    public void Dispose()
    {
        _tokens.Dispose();
        _http.Dispose();
    }
}
