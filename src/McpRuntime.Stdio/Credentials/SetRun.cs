using System.Security.Cryptography;
using McpRuntime.Approvals;
using McpRuntime.Configuration;
using McpRuntime.Connectors.Registry;
using McpRuntime.Credentials;
using McpRuntime.Credentials.Stores;
using McpRuntime.Diagnostics;
using McpRuntime.Import;
using McpRuntime.Manifests;
using McpRuntime.OpenApi;

namespace McpRuntime.Stdio.Credentials;

/// <summary><c>credentials set</c>: reads a credential, stores it and approves where it may be sent.</summary>
internal sealed class SetRun(Terminal terminal, RuntimeSettings settings)
{
    public required string Connector { get; init; }

    public string? Scheme { get; init; }

    public string? Profile { get; init; }

    private string ProfileName => AccountOptions.ProfileOf(Profile, Connector, settings);

    /// <summary>What to ask for; empty for what the scheme needs.</summary>
    public IReadOnlyList<CredentialField> Fields { get; init; } = [];

    /// <summary>Approves every origin that the manifest names now.</summary>
    public bool Force { get; init; }

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var snapshot = await ConnectorFolder.LoadAsync(settings, cancellationToken);
        if (snapshot.Connectors.FirstOrDefault(loaded => loaded.Manifest.Name == Connector) is not { } loaded)
        {
            await FindingsText.WriteAsync(
                terminal,
                snapshot.Findings.Where(finding => finding.Severity == FindingSeverity.Error)
            );
            await terminal.WriteErrorAsync($"There is no connector '{Connector}' in {settings.ConnectorsFolder}.");
            return ExitCode.Failed;
        }
        var (name, scheme) = CredentialScheme.Choose(loaded.Manifest, Scheme);
        var fields = Fields.Count > 0 ? Fields : SchemeFields.Alternatives(scheme)[0];
        using var given = new Credential(
            "the user",
            await new SecretInput(terminal).ReadAsync(fields, cancellationToken)
        );
        Check(name, scheme, given, fields);
        var key = new CredentialKey(Connector, name) { Profile = ProfileName };
        var store = ConsoleStores.Open(settings);
        await StoreAsync(key, store, given, fields, cancellationToken);
        await ReportAsync(key, store, fields, loaded.Manifest, cancellationToken);
        return ExitCode.Good;
    }

    private static void Check(
        string name,
        SecurityScheme scheme,
        Credential given,
        IReadOnlyList<CredentialField> fields
    )
    {
        if (SchemeFields.Satisfied(scheme, given) is not null)
            return;
        var sets = SchemeFields
            .Alternatives(scheme)
            .Select(set => string.Join(" ", set.Select(field => $"--field {CredentialName.Of(field)}")));
        throw new McpRuntimeException(
            fields.Any(field => given[field] is { IsEmpty: true })
                ? $"The value of {string.Join(" or ", fields.Select(CredentialName.Of))} is empty. Type it when asked, "
                    + "or pipe it into standard input."
                : $"The scheme '{name}' ({SchemeFields.Describe(scheme)}) cannot use "
                    + $"{string.Join(" and ", fields.Select(CredentialName.Of))}. "
                    + $"Use {string.Join(", or ", sets)}."
        );
    }

    private async Task StoreAsync(
        CredentialKey key,
        ISecretStore store,
        Credential given,
        IReadOnlyList<CredentialField> fields,
        CancellationToken cancellationToken
    )
    {
        var records = StoredCredentialSource.Records(settings);
        var signIns = StoredCredentialSource.SignIns(settings, store);
        // A sign-in that is renewed at this moment would be written over what is set.
        await using var turn = await signIns.LockAsync(key, cancellationToken);
        var before = records.Find(key);
        var secret = SecretName.Of(key);
        using (var content = FieldsJson.Write(fields.ToDictionary(field => field, field => given[field]!)))
            await store.WriteAsync(secret, content, cancellationToken);
        await records.SetAsync(
            key,
            now => new SecretRecord(store.Kind, secret, IsOwn: false, fields, now)
            {
                Store = store.Kind,
                Stamp = RandomNumberGenerator.GetHexString(16, lowercase: true),
            },
            CancellationToken.None
        );
        if (before is not null && before.Store != store.Kind && ConsoleStores.Of(before.Store, settings) is { } other)
            await other.RemoveAsync(before.SecretName, cancellationToken);
    }

    private async Task ReportAsync(
        CredentialKey key,
        ISecretStore store,
        IReadOnlyList<CredentialField> fields,
        ConnectorManifest manifest,
        CancellationToken cancellationToken
    )
    {
        var approvals = new ApprovalStore(settings.DataFolder);
        var left = await ImportApproval.RecordAsync(approvals, manifest, new ImportOptions(), Force, cancellationToken);
        var origins = string.Join(", ", approvals.For(Connector).Origins.Select(entry => entry.Origin));
        await SayAsync(
            $"Stored {string.Join(" and ", fields.Select(CredentialName.Of))} of '{key.Scheme}' of {key.Label} in "
                + $"{store.Description}. It is sent only to {(origins.Length == 0 ? "no origin yet" : origins)}."
        );
        if (ConsoleStores.Weakness(store) is { } weakness)
            await SayAsync(weakness);
        if (left.Count > 0)
            await SayAsync(
                $"The manifest also names {string.Join(", ", left)}, which gets no credential. If this is correct, "
                    + $"set it again with --force."
            );
    }

    private Task SayAsync(string text) =>
        terminal.Error.WriteLineAsync(UntrustedText.ForTerminal(text, keepLines: true));
}
