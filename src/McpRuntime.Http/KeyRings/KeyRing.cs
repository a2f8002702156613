using System.Security.Cryptography;
using System.Xml.Linq;
using McpRuntime.Http.Configuration;
using McpRuntime.Http.Storage;
using Microsoft.AspNetCore.DataProtection;

namespace McpRuntime.Http.KeyRings;

/// <summary>
/// Encrypts what the gateway keeps for others. Its keys are in the database, shared by all replicas, renewed by
/// ASP.NET Core Data Protection, and never there without the operator's key around them.
/// </summary>
internal sealed class KeyRing(GatewaySettings settings, Database database, KeyTable keys, IServiceProvider services)
{
    public bool IsConfigured => settings.KeyRing.Key is not null;

    /// <summary>What is protected for one purpose can be read for no other.</summary>
    /// <param name="purpose">What is protected, and for whom: all that must not be mixed up.</param>
    /// <exception cref="McpRuntimeException">The operator gave no key.</exception>
    public IDataProtector For(params IEnumerable<string> purpose) =>
        IsConfigured
            ? services.GetRequiredService<IDataProtectionProvider>().CreateProtector(purpose)
            : throw new McpRuntimeException(
                "This gateway keeps no secrets, since it has no key to encrypt them with. Write at least 32 random "
                    + "bytes to a file, e.g. with 'openssl rand -base64 48', set MCP_RUNTIME_KEY_RING_KEY_FILE to its "
                    + "path, and restart the gateway."
            );

    /// <summary>
    /// Makes the ring usable before the first request: its keys can be opened, those of the operator's other keys are
    /// wrapped anew, and the first one is there. Replicas that start together make one.
    /// </summary>
    /// <exception cref="McpRuntimeException">Keys in the database cannot be opened.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (!IsConfigured)
            return;
        // SQLite has one gateway, and would not let the ring write within the transaction of another connection.
        if (database.IsPostgres)
            await database.TransactAloneAsync((_, _) => PrepareAsync(cancellationToken), cancellationToken);
        else
            await PrepareAsync(cancellationToken);
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var rows = await keys.ListAsync(cancellationToken);
        // All of them first: nothing is written where one cannot be opened.
        foreach (var wrapped in rows.SelectMany(row => row.Element.Descendants(WrappedKey.Element)))
            CryptographicOperations.ZeroMemory(Open(wrapped));
        foreach (var (id, element) in rows)
        {
            if (WrapAnew(element))
                await keys.ReplaceAsync(id, element, cancellationToken);
        }
        // The ring is read, and its first key made, when something is protected.
        For("start").Protect([]);
    }

    private bool WrapAnew(XElement element)
    {
        var outdated = element
            .Descendants(WrappedKey.Element)
            .Where(wrapped => WrappedKey.WrapperOf(wrapped) != settings.KeyRing.Key!.Id)
            .ToList();
        foreach (var wrapped in outdated)
        {
            var plain = Open(wrapped);
            wrapped.ReplaceWith(WrappedKey.Of(settings.KeyRing.Key!, plain));
            CryptographicOperations.ZeroMemory(plain);
        }
        return outdated.Count > 0;
    }

    private byte[] Open(XElement wrapped)
    {
        try
        {
            return WrappedKey.Open(wrapped, settings.KeyRing);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            throw new McpRuntimeException(
                "The key ring in the database cannot be opened: the key in MCP_RUNTIME_KEY_RING_KEY_FILE "
                    + $"({settings.KeyRing.Key}) is not the one that wrapped it ({WrappedKey.WrapperOf(wrapped)}), or "
                    + "the ring was changed. Set that key's file again, or name it in "
                    + "MCP_RUNTIME_KEY_RING_OTHER_KEY_FILES. If it is lost, 'DELETE FROM gateway_key' in the database "
                    + "starts a new ring: everyone signs in again, and credentials are set again.",
                exception
            );
        }
    }
}
