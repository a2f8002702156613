using McpRuntime.Configuration;
using McpRuntime.Credentials.Stores.Native;

namespace McpRuntime.Credentials.Stores;

/// <summary>The stores of the console: the operating system's, or files in the user's data folder.</summary>
public static class ConsoleStores
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The store that the settings choose for new secrets. By default it is the operating system's where that answers;
    /// it is asked when the store is first used.
    /// </summary>
    /// <exception cref="McpRuntimeException">When used: the system's store was chosen and cannot be used.</exception>
    public static ISecretStore Open(RuntimeSettings settings) =>
        settings.CredentialStore == CredentialStoreKind.File
            ? Files(settings)
            : new ChosenStore(() => Choose(settings));

    /// <summary>The store of a kind, see <see cref="ISecretStore.Kind"/>; null for a kind of others.</summary>
    public static ISecretStore? Of(string kind, RuntimeSettings settings) =>
        kind switch
        {
            FileSecretStore.KindName => Files(settings),
            SystemSecretStore.KindName => new ChosenStore(() => System(settings, out var why) ?? throw Missing(why)),
            _ => null,
        };

    /// <summary>Why secrets in a store are less safe than they could be, for a user; null where they are not.</summary>
    public static string? Weakness(ISecretStore store) =>
        store switch
        {
            ChosenStore chosen => Weakness(chosen.Store),
            FileSecretStore files => files.Weakness,
            _ => null,
        };

    private static ISecretStore Choose(RuntimeSettings settings)
    {
        if (System(settings, out var why) is { } system)
            return system;
        return settings.CredentialStore == CredentialStoreKind.Keyring ? throw Missing(why) : Files(settings);
    }

    private static ISecretStore? System(RuntimeSettings settings, out string? why)
    {
        why = null;
        if (OperatingSystem.IsWindows())
            return new WindowsSecretStore(new FileSecretStore(Path.Combine(settings.DataFolder, "protected"), null));
        INativeStore? native =
            OperatingSystem.IsMacOS() ? new MacKeychain(settings.DataFolder)
            : OperatingSystem.IsLinux() ? new LinuxKeyring(settings.DataFolder)
            : null;
        why = native is null ? "this system has none that is supported" : native.Explain();
        return why is null ? new SystemSecretStore(native!, TimeLimit) : null;
    }

    private static FileSecretStore Files(RuntimeSettings settings) =>
        new(Path.Combine(settings.DataFolder, "secrets"), settings.CredentialStoreKeyFile);

    private static McpRuntimeException Missing(string? why) =>
        new(
            $"The keyring cannot be used: {why?.TrimEnd('.')}. Start a desktop session or a Secret Service such as "
                + "gnome-keyring, or use files instead: MCP_RUNTIME_CREDENTIAL_STORE=file."
        );
}
