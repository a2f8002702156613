using System.Management.Automation;
using System.Security;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Credentials;
using McpRuntime.Credentials.Stores;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>
/// One vault of SecretManagement as a store of texts. A vault blocks, so it is asked on other threads.
/// </summary>
/// <param name="vaults">The vaults.</param>
/// <param name="name">Name of this one.</param>
internal sealed class VaultSecretStore(SecretVault vaults, string name) : ISecretStore
{
    public string Kind => SecretRecord.InVault;

    public string Description => $"the vault '{name}'";

    public async ValueTask<Secret?> ReadAsync(string secretName, CancellationToken cancellationToken)
    {
        var content = await Task.Run(() => vaults.Get(name, secretName), CancellationToken.None)
            .WaitAsync(cancellationToken);
        return content switch
        {
            null => null,
            SecureString secure => secure.ToSecret(),
            string text => new Secret(text),
            // Put there by someone else. Who reads it says that it is not a sign-in.
            _ => new Secret(""),
        };
    }

    public async ValueTask WriteAsync(string secretName, Secret content, CancellationToken cancellationToken)
    {
        var utf8 = GC.AllocateUninitializedArray<byte>(content.RevealUtf8().Length, pinned: true);
        content.RevealUtf8().CopyTo(utf8);
        var secure = SecretText.ToSecureString(utf8);
        // A vault that is given up on still writes: what is secret is cleared when it has ended.
        var writing = Task.Run(
            () =>
            {
                using (secure)
                    vaults.Set(name, secretName, secure);
            },
            CancellationToken.None
        );
        await writing.WaitAsync(cancellationToken);
    }

    public async ValueTask RemoveAsync(string secretName, CancellationToken cancellationToken) =>
        await Task.Run(() => vaults.Remove(name, secretName), CancellationToken.None).WaitAsync(cancellationToken);

    public async ValueTask ReloadAsync(CancellationToken cancellationToken) =>
        await Task.Run(() => vaults.Reload(name), CancellationToken.None).WaitAsync(cancellationToken);
}
