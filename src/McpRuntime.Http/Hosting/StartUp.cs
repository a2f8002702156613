using System.Data.Common;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.KeyRings;
using McpRuntime.Http.Storage;
using McpRuntime.Http.Tokens;

namespace McpRuntime.Http.Hosting;

/// <summary>What has to be true before the first request.</summary>
internal sealed class StartUp(
    Database database,
    GatewaySettings settings,
    GatewayParts parts,
    KeyRing ring,
    TokenVerifier verifier,
    FirstToken first
) : IHostedService
{
    /// <summary>
    /// The token for the process that started the gateway, valid until the gateway stops; null without one.
    /// </summary>
    public string? ParentToken { get; private set; }

    /// <summary>The file that holds a valid admin token of this or an earlier first start; null without one.</summary>
    public string? TokenFile { get; private set; }

    /// <summary>The token in <see cref="TokenFile"/> was made by this start.</summary>
    public bool IsTokenNew { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Migrations.ApplyAsync(database, cancellationToken);
            await ring.OpenAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is DbException or IOException)
        {
            throw new McpRuntimeException(
                $"The database {settings.Database} cannot be used: {exception.Message}",
                exception
            );
        }
        if (parts.HasParent)
            ParentToken = verifier.CreateForParent();
        else if (await first.IsKeptAsync(verifier, cancellationToken))
            TokenFile = first.File;
        else if (!settings.AcceptsJwts && await first.CreateAsync(cancellationToken))
        {
            TokenFile = first.File;
            IsTokenNew = true;
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
