using System.Collections.Concurrent;
using McpRuntime.Configuration;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Credentials.Stores;

namespace McpRuntime.Credentials;

/// <summary>
/// The credentials and sign-ins that a user of the console keeps on this machine. Nothing is opened where nothing is
/// recorded.
/// </summary>
public sealed class StoredCredentialSource : ICredentialSource
{
    /// <summary>The records' file, in the user's data folder.</summary>
    public const string RecordsFile = "console-credentials.json";

    private readonly RuntimeSettings _settings;
    private readonly ConcurrentDictionary<string, ISecretStore> _stores = new(StringComparer.Ordinal);
    private readonly SecretRecordStore _records;
    private readonly Lazy<ISecretStore> _store;
    private readonly Lazy<ISignInStore> _signIns;
    private readonly SignInTokens _tokens;
    private readonly TimeProvider _time;

    /// <param name="settings">Where the records are.</param>
    /// <param name="open">Opens the store that has what is recorded.</param>
    /// <param name="tokens">Renews the tokens of sign-ins; not disposed here.</param>
    /// <param name="time">The clock; the system's by default.</param>
    public StoredCredentialSource(
        RuntimeSettings settings,
        Func<ISecretStore> open,
        SignInTokens tokens,
        TimeProvider? time = null
    )
    {
        _settings = settings;
        _records = Records(settings);
        _store = new Lazy<ISecretStore>(open);
        _signIns = new Lazy<ISignInStore>(() => SignIns(settings, _store.Value, time));
        _tokens = tokens;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The records of the console's credentials.</summary>
    public static SecretRecordStore Records(RuntimeSettings settings) => new(settings.DataFolder, file: RecordsFile);

    /// <summary>The sign-ins of the console.</summary>
    public static LocalSignInStore SignIns(RuntimeSettings settings, ISecretStore store, TimeProvider? time = null) =>
        new(
            Records(settings),
            store,
            vault: null,
            record => StoreOf(settings, record.Store, store),
            settings.DataFolder,
            key => $"run: {Command("login", key)}",
            time
        );

    public string HowToSet(CredentialKey key, IReadOnlyList<CredentialField> fields) =>
        $"run: {Command("credentials set", key)}";

    public string? HowToSignIn(CredentialKey key) => key.Holder is null ? $"run: {Command("login", key)}" : null;

    public async ValueTask<Credential?> FindAsync(CredentialKey key, CancellationToken cancellationToken)
    {
        if (_records.Find(key) is not { } record)
            return null;
        if (!record.IsSignIn && record.ExpiresAt is { } end && end <= _time.GetUtcNow())
            throw new McpRuntimeException(
                $"The credential '{key.Scheme}' of {key.Label} expired on {end.ToLocalTime():g}. To set a new one, "
                    + HowToSet(key, [])
            );
        var store = _stores.GetOrAdd(record.Store, kind => StoreOf(_settings, kind, _store.Value));
        if (record.IsSignIn)
            return new Credential(store.Description)
            {
                Mark = record,
                Record = record,
                SignIn = new StoredSignIn(_tokens, _signIns.Value, key, record.Stamp ?? ""),
            };
        using var content = await store.ReadAsync(record.SecretName, cancellationToken)
            ?? throw new McpRuntimeException(
                $"The credential '{key.Scheme}' of {key.Label} is no longer in {store.Description}. To set it again, "
                    + HowToSet(key, record.Fields)
            );
        return new Credential(store.Description, FieldsJson.Read(content)) { Mark = record, Record = record };
    }

    public bool IsCurrent(CredentialKey key, Credential? known) => _records.IsCurrent(key, known, _time.GetUtcNow());

    // What is recorded is where it was stored, whatever is chosen for new secrets now: that may not even open.
    private static ISecretStore StoreOf(RuntimeSettings settings, string kind, ISecretStore chosen) =>
        chosen is not ChosenStore { IsOpen: false } && chosen.Kind == kind
            ? chosen
            : ConsoleStores.Of(kind, settings) ?? chosen;

    private static string Command(string command, CredentialKey key) =>
        $"mcp-runtime {command} {key.Connector} --scheme {key.Scheme}"
        + (key.Profile == CredentialKey.DefaultProfile ? "" : $" --profile {key.Profile}");
}
