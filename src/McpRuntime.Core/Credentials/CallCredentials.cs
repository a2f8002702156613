using McpRuntime.Network;

namespace McpRuntime.Credentials;

/// <summary>The credentials of one call, to the end of its answer.</summary>
/// <param name="prepared">Shared with other calls; held for this one, and let go when it is disposed.</param>
internal sealed class CallCredentials(PreparedCredentials prepared) : IDisposable
{
    private CredentialUse[]? _renewed;
    private Redactor? _redactor;

    /// <summary>What they are for.</summary>
    public CredentialNeeds Needs => prepared.Needs;

    /// <inheritdoc cref="PreparedCredentials.Account"/>
    public string? Account => prepared.Account;

    /// <inheritdoc cref="PreparedCredentials.AccountKind"/>
    public string? AccountKind => prepared.AccountKind;

    public IReadOnlyList<CredentialUse> Uses => _renewed ?? prepared.Uses;

    /// <summary>Proves the client in the TLS handshake; null for none.</summary>
    public ClientCertificate? Certificate => prepared.Certificate;

    public Redactor Redactor => _redactor ?? prepared.Redactor;

    /// <summary>A token among them was fetched, and can be again.</summary>
    public bool CanRenew => prepared.Renewers.Count > 0;

    /// <summary>Replaces the tokens that were fetched, because the API refused them.</summary>
    public async Task RenewTokensAsync(CancellationToken cancellationToken)
    {
        Refuse();
        _renewed ??= [.. prepared.Uses];
        _redactor ??= new Redactor(prepared.Redactor);
        foreach (var (index, renew) in prepared.Renewers)
        {
            var token = await renew(_renewed[index].Value, cancellationToken);
            _redactor.Add(token.Secret);
            _renewed[index] = CredentialUse.Authorization("Bearer", token.Secret);
        }
    }

    /// <summary>The API refused them: the next call asks their sources.</summary>
    public void Refuse() => prepared.Refuse();

    public void Dispose()
    {
        for (var i = 0; i < _renewed?.Length; i++)
        {
            if (!ReferenceEquals(_renewed[i], prepared.Uses[i]))
                _renewed[i].Value.Dispose();
        }
        _redactor?.Dispose();
        prepared.Release();
    }
}
