using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using McpRuntime.Cmdlets.Shell;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>
/// The vaults of SecretManagement. The only class that names it. Its module is loaded by the first use of a vault: who
/// keeps credentials elsewhere neither needs it nor waits for it.
/// </summary>
/// <param name="scripts">Where its commands run.</param>
internal sealed class SecretVault(IScripts scripts)
{
    internal const string ModuleName = "Microsoft.PowerShell.SecretManagement";
    internal const string ModuleVersion = "1.1.2";
    private const string Module = @"Microsoft.PowerShell.SecretManagement\";
    private const string Load =
        $"if (-not (Get-Module {ModuleName})) {{ Import-Module -FullyQualifiedName @{{ ModuleName = "
        + $"'{ModuleName}'; ModuleVersion = '{ModuleVersion}' }} -ErrorAction Stop }}; ";

    // SecretStore keeps all secrets in memory, and ignores for good what another process writes within five seconds of
    // a write of its own (its source, Utils.cs, HandleDataUpdateEvent): it goes on to return, and to write back, what
    // was before. A newer time of its files makes it read again: of the configuration at once, but it then forgets its
    // password, so this is for stores without one; of the secrets after five seconds.
    private const string Touch = """
        param($Vault, $File)
        $module = 'Microsoft.PowerShell.SecretStore'
        $of = (Microsoft.PowerShell.SecretManagement\Get-SecretVault -Name $Vault).ModuleName
        if ($of -ne $module) { return }
        $asks = (& "$module\Get-SecretStoreConfiguration").Authentication -ne 'None'
        if ($asks -and $File -eq 'storeconfig') { return }
        $folder = $IsWindows ? "$env:LOCALAPPDATA/Microsoft/PowerShell/secretmanagement" : "$env:HOME/.secretmanagement"
        [IO.File]::SetLastWriteTimeUtc("$folder/localstore/$File", [datetime]::UtcNow)
        """;
    private const string PasswordRequired = "PasswordRequiredException";

    /// <summary>Names of the registered vaults. Opens none.</summary>
    public IReadOnlyList<string> Names() =>
        [
            .. Run(null, $"param() {Load}{Module}Get-SecretVault -ErrorAction Stop -WarningAction SilentlyContinue")
                .Select(Name),
        ];

    /// <summary>
    /// The vault of that name, as it is registered; the default vault where <paramref name="name"/> is null.
    /// </summary>
    /// <exception cref="VaultException">There is none.</exception>
    public string Resolve(string? name)
    {
        var vaults = Run(
            null,
            $"param() {Load}{Module}Get-SecretVault -ErrorAction Stop -WarningAction SilentlyContinue"
        );
        foreach (var vault in vaults)
        {
            if (
                name is null
                    ? vault.Properties["IsDefault"]?.Value is true
                    : Name(vault).Equals(name, StringComparison.OrdinalIgnoreCase)
            )
                return Name(vault);
        }
        if (name is not null)
        {
            var others =
                vaults.Count == 0 ? "None is registered" : $"Registered: {string.Join(", ", vaults.Select(Name))}";
            throw new VaultException(
                ErrorId.VaultNotFound,
                ErrorCategory.ObjectNotFound,
                $"There is no vault '{name}'. {others}. Register it with Register-SecretVault."
            );
        }
        throw vaults.Count == 0
            ? new VaultException(
                ErrorId.VaultNotFound,
                ErrorCategory.ObjectNotFound,
                "No vault is registered. Install and register one: Install-PSResource "
                    + "Microsoft.PowerShell.SecretStore; Register-SecretVault SecretStore -ModuleName "
                    + "Microsoft.PowerShell.SecretStore -DefaultVault"
            )
            : new VaultException(
                ErrorId.VaultNotFound,
                ErrorCategory.ObjectNotFound,
                $"No vault is the default. Choose one with Set-SecretVaultDefault, or name it with -Vault: "
                    + $"{string.Join(", ", vaults.Select(Name))}."
            );
    }

    /// <summary>The secret as the vault gives it; null where the vault has none of that name.</summary>
    /// <exception cref="VaultException">There is no such vault, or it is locked, or it failed.</exception>
    public object? Get(string vault, string name)
    {
        try
        {
            var found = Run(
                vault,
                $"param($Vault, $Name) {Load}{Module}Get-Secret -Vault $Vault -Name $Name -ErrorAction Stop "
                    + $"-WarningAction SilentlyContinue",
                vault,
                name
            );
            return found.Count == 0 ? null : found[0].BaseObject;
        }
        catch (VaultException exception) when (exception.Id == ErrorId.SecretNotFound)
        {
            return null;
        }
    }

    /// <summary>Keeps a secret under a name, in the place of what was there.</summary>
    /// <remarks>
    /// Never with <c>-Metadata</c>: for a vault without it, Set-Secret deletes what it has just written.
    /// </remarks>
    /// <exception cref="VaultException">As for <see cref="Get"/>.</exception>
    public void Set(string vault, string name, SecureString secret)
    {
        Run(
            vault,
            $"param($Vault, $Name, $Secret) {Load}{Module}Set-Secret -Vault $Vault -Name $Name "
                + $"-SecureStringSecret $Secret -ErrorAction Stop -WarningAction SilentlyContinue",
            vault,
            name,
            secret
        );
        Try(Touch, vault, "storeconfig");
    }

    /// <summary>
    /// Has a vault that keeps secrets in memory read again what other processes wrote, within seconds.
    /// </summary>
    public void Reload(string vault) => Try(Touch, vault, "storefile");

    /// <summary>Deletes a secret; one that is not there is no error.</summary>
    /// <exception cref="VaultException">As for <see cref="Get"/>.</exception>
    public void Remove(string vault, string name)
    {
        if (Get(vault, name) is null)
            return;
        Run(
            vault,
            $"param($Vault, $Name) {Load}{Module}Remove-Secret -Vault $Vault -Name $Name -ErrorAction Stop "
                + $"-WarningAction SilentlyContinue",
            vault,
            name
        );
    }

    private static string Name(PSObject vault) => vault.Properties["Name"]?.Value as string ?? "";

    private IReadOnlyList<PSObject> Run(string? vault, string script, params object?[] arguments)
    {
        try
        {
            return scripts.Run(script, arguments);
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            throw Explain(vault, exception);
        }
    }

    // The secret is written or read whether or not this works.
    private void Try(string script, params object?[] arguments)
    {
        try
        {
            scripts.Run(script, arguments);
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException) { }
    }

    private static VaultException Explain(string? vault, RuntimeException exception)
    {
        var id = exception.ErrorRecord?.FullyQualifiedErrorId ?? "";
        if (id.StartsWith("Modules_Module", StringComparison.Ordinal))
        {
            return new VaultException(
                ErrorId.SecretManagementNotInstalled,
                ErrorCategory.NotInstalled,
                $"Vaults need the PowerShell module {ModuleName} {ModuleVersion} or later, which is not "
                    + $"installed. Run: Install-PSResource {ModuleName}. Credentials can also come from "
                    + $"environment variables and files (Get-Help about_McpCredentials).",
                exception
            );
        }
        if (id.StartsWith("GetSecretNotFound,", StringComparison.Ordinal))
            return new VaultException(
                ErrorId.SecretNotFound,
                ErrorCategory.ObjectNotFound,
                $"The vault '{vault}' has no such secret.",
                exception
            );
        if (id.Contains("VaultNotFound", StringComparison.Ordinal))
        {
            return new VaultException(
                ErrorId.VaultNotFound,
                ErrorCategory.ObjectNotFound,
                $"The vault '{vault}' no longer exists. Register it with Register-SecretVault.",
                exception
            );
        }
        if (IsLocked(exception))
        {
            return new VaultException(
                ErrorId.VaultLocked,
                ErrorCategory.AuthenticationError,
                $"The vault '{vault}' is locked. Run Unlock-SecretVault -Name '{vault}' before the command, "
                    + $"in a server's command line before Start-McpRuntime; or, for SecretStore, allow it to "
                    + $"open without a password: Set-SecretStoreConfiguration -Authentication None -Interaction None",
                exception
            );
        }
        return new VaultException(
            ErrorId.VaultFailed,
            ErrorCategory.ResourceUnavailable,
            $"The vault{(vault is null ? "s" : $" '{vault}'")} failed: {exception.Message}",
            exception
        );
    }

    // A vault that would ask for its password fails where no one can be asked.
    private static bool IsLocked(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception.GetType().Name == PasswordRequired || exception is HostException)
                return true;
            if (
                exception is RuntimeException { ErrorRecord.Exception: { } recorded }
                && recorded != exception
                && recorded.GetType().Name == PasswordRequired
            )
                return true;
        }
        return false;
    }
}
