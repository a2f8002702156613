namespace McpRuntime.Configuration;

/// <summary>Where the console keeps secrets.</summary>
public enum CredentialStoreKind
{
    /// <summary>The operating system's store where there is one, otherwise files.</summary>
    Auto,

    /// <summary>The operating system's store only: libsecret, Keychain or DPAPI.</summary>
    Keyring,

    /// <summary>Files in the user's data folder.</summary>
    File,
}
