using System.Data.Common;
using System.Text;
using McpRuntime.Http.Authentication;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.Storage;
using McpRuntime.Http.Tokens;

namespace McpRuntime.Http.Hosting;

/// <summary>What has to be true before the first request.</summary>
internal sealed class StartUp(
    Database database,
    GatewaySettings settings,
    GatewayParts parts,
    TokenStore tokens,
    TokenVerifier verifier,
    ILogger<StartUp> logger) : IHostedService
{
    private string? _file;

    /// <summary>The token that management needs where nobody has another; null when somebody has.</summary>
    public string? BootstrapToken { get; private set; }

    /// <summary>The file that holds <see cref="BootstrapToken"/>; null when the parent process gets it.</summary>
    public string? BootstrapFile => _file;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Migrations.ApplyAsync(database, cancellationToken);
        }
        catch (Exception exception) when (exception is DbException or IOException)
        {
            throw new McpRuntimeException($"The database {settings.Database} cannot be used: {exception.Message}", exception);
        }
        var hasTokens = await tokens.AnyAsync(cancellationToken);
        if (!hasTokens && !settings.Jwt.IsConfigured && !settings.AuthenticationRequired && !settings.IsLoopbackOnly)
        {
            throw new McpRuntimeException(
                $"The gateway would listen on {string.Join(", ", settings.Addresses)}, where others can reach it, but nobody could be told apart. "
                + "Make a token with 'mcp-runtime-http token create', set MCP_RUNTIME_JWT_AUTHORITY or MCP_RUNTIME_JWT_SECRET_KEY, "
                + "set MCP_RUNTIME_AUTHENTICATION=required to use the bootstrap token, or keep MCP_RUNTIME_HOST=127.0.0.1.");
        }
        if (parts.Parent is not null || (!hasTokens && !settings.Jwt.IsConfigured))
            Bootstrap();
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        if (_file is not null)
            File.Delete(_file);
        return Task.CompletedTask;
    }

    private void Bootstrap()
    {
        BootstrapToken = verifier.CreateBootstrap();
        if (parts.Parent is not null)
            return;
        var folder = Path.Combine(parts.Runtime.DataFolder, "gateway");
        PrivateFolder.Create(folder);
        _file = Path.Combine(folder, "bootstrap-token");
        PrivateFolder.WriteFile(_file, Encoding.ASCII.GetBytes(BootstrapToken + "\n"));
        logger.LogInformation("Until somebody has a token, {File} holds one for management; it is valid until the gateway stops.", _file);
    }
}
