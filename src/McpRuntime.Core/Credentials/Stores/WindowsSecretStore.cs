using System.Security.Cryptography;
using McpRuntime.Credentials.Stores.Native;

namespace McpRuntime.Credentials.Stores;

/// <summary>Windows' store: files that Windows encrypts for the user's account (DPAPI).</summary>
/// <param name="files">Plain files, which hold what Windows encrypted, in base64.</param>
internal sealed class WindowsSecretStore(FileSecretStore files) : ISecretStore
{
    public string Kind => SystemSecretStore.KindName;

    public string Description => "files that Windows encrypts for the user's account";

    public async ValueTask<Secret?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        using var file = await files.ReadAsync(name, cancellationToken);
        if (file is null)
            return null;
        try
        {
            var content = WindowsProtection.Unprotect(Convert.FromBase64String(file.Reveal()));
            var secret = Secret.FromUtf8(content);
            CryptographicOperations.ZeroMemory(content);
            return secret;
        }
        catch (Exception error) when (error is NativeStoreException or FormatException)
        {
            throw new McpRuntimeException(
                $"Windows did not decrypt the secret '{name}': {error.Message}. Set the credential or sign in again."
            );
        }
    }

    public async ValueTask WriteAsync(string name, Secret content, CancellationToken cancellationToken)
    {
        try
        {
            using var file = new Secret(Convert.ToBase64String(WindowsProtection.Protect(content.RevealUtf8())));
            await files.WriteAsync(name, file, cancellationToken);
        }
        catch (NativeStoreException error)
        {
            throw new McpRuntimeException(
                $"Windows did not encrypt the secret '{name}': {error.Message}. To use files instead, set "
                    + "MCP_RUNTIME_CREDENTIAL_STORE=file."
            );
        }
    }

    public ValueTask RemoveAsync(string name, CancellationToken cancellationToken) =>
        files.RemoveAsync(name, cancellationToken);
}
