using System.Collections;
using System.Management.Automation;
using System.Security.Cryptography;
using McpRuntime.Cmdlets.Shell;
using McpRuntime.Credentials;
using McpRuntime.Credentials.SignIns;
using McpRuntime.Credentials.Stores;
using McpRuntime.Manifests;
using McpRuntime.Network;

namespace McpRuntime.Cmdlets.Credentials;

/// <summary>Puts a credential into a vault, or finds one of the user's own there.</summary>
/// <param name="vaults">The vaults.</param>
/// <param name="given">What was given; empty where a secret of the user's own is used.</param>
/// <param name="ownSecret">Name of the user's own secret; null where one is made.</param>
internal sealed class CredentialWriter(
    SecretVault vaults,
    IReadOnlyDictionary<CredentialField, Secret> given,
    string? ownSecret
) : IDisposable
{
    private readonly string _stamp = RandomNumberGenerator.GetHexString(16, lowercase: true);
    private IReadOnlyList<CredentialField> _fields = [];

    /// <summary>The vault of <see cref="Resolve"/>.</summary>
    public string Vault { get; private set; } = "";

    /// <summary>What is about to happen, for a user.</summary>
    public string Action =>
        ownSecret is null
            ? $"Store the credential in the vault '{Vault}'"
            : $"Use the secret '{ownSecret}' of the vault '{Vault}'";

    /// <summary>A scheme can be satisfied by what was given.</summary>
    public bool Fits(SecurityScheme scheme) =>
        ownSecret is not null
            ? SchemeFields.Alternatives(scheme).Count > 0
            : SchemeFields
                .Alternatives(scheme)
                .Any(fields => fields.All(given.ContainsKey) && given.Keys.All(field => Belongs(field, fields)));

    /// <summary>Finds the vault, without opening it.</summary>
    /// <exception cref="VaultException">There is no such vault.</exception>
    public void Resolve(string? vault) => Vault = vaults.Resolve(vault);

    /// <summary>Opens the vault for a secret of the user's own, to see that it holds what the scheme needs.</summary>
    /// <exception cref="VaultException">There is no such secret, or it does not fit the scheme.</exception>
    public void Check(SecurityScheme scheme) => _fields = ownSecret is null ? [.. given.Keys] : OwnFields(scheme);

    /// <summary>Writes what was given; a secret of the user's own stays as it is.</summary>
    /// <exception cref="VaultException">The vault did not take it.</exception>
    public void Write(CredentialKey key)
    {
        if (ownSecret is not null)
            return;
        using var content = SecretContent.Write(given, _stamp);
        vaults.Set(Vault, SecretName.Of(key), content);
    }

    /// <summary>
    /// A refresh token as a sign-in, so that the next one is kept where the provider gives one with each renewal; null
    /// where nothing says at which endpoint.
    /// </summary>
    /// <returns>To be disposed.</returns>
    public SignIn? SignIn(SecurityScheme scheme)
    {
        if (
            !given.TryGetValue(CredentialField.RefreshToken, out var refresh)
            || scheme is not OAuth2Scheme oauth
            || !Uri.TryCreate(oauth.RefreshUrl ?? oauth.TokenUrl, UriKind.Absolute, out var url)
            || !Origin.Of(url).MayCarryCredentials
        )
            return null;
        var now = TimeProvider.System.GetUtcNow();
        return new SignIn
        {
            Generation = McpRuntime.Credentials.SignIns.SignIn.FirstGeneration(now),
            Stamp = _stamp,
            SignedInAt = now,
            ObtainedAt = now,
            ClientId = given[CredentialField.ClientId].Reveal(),
            ClientSecret = given.TryGetValue(CredentialField.ClientSecret, out var secret) ? Copy(secret) : null,
            RefreshToken = Copy(refresh),
            TokenUrl = url.AbsoluteUri,
            RevocationUrl = oauth.SignIn.RevocationUrl,
            ClientAuthentication = oauth.ClientAuthentication,
            Extra = oauth.Extra,
        };
    }

    public SecretRecord Record(CredentialKey key, DateTimeOffset now, DateTimeOffset? expiresAt) =>
        new(Vault, ownSecret ?? SecretName.Of(key), ownSecret is not null, _fields, now, expiresAt)
        {
            Stamp = ownSecret is null ? _stamp : null,
        };

    public void Dispose()
    {
        foreach (var secret in given.Values)
            secret.Dispose();
    }

    private static Secret Copy(Secret secret) => Secret.FromUtf8(secret.RevealUtf8());

    // A client that is not a public one sends its secret with the refresh token.
    private static bool Belongs(CredentialField field, CredentialField[] fields) =>
        fields.Contains(field)
        || (field == CredentialField.ClientSecret && fields.Contains(CredentialField.RefreshToken));

    private IReadOnlyList<CredentialField> OwnFields(SecurityScheme scheme)
    {
        var content = vaults.Get(Vault, ownSecret!)
            ?? throw new VaultException(
                ErrorId.SecretNotFound,
                ErrorCategory.ObjectNotFound,
                $"The vault '{Vault}' does not have a secret '{ownSecret}'. Correct -SecretName, or add the "
                    + $"secret with: Set-Secret -Name '{ownSecret}' -Vault '{Vault}'"
            );
        var alternatives = SchemeFields.Alternatives(scheme);
        var single = alternatives.FirstOrDefault(fields => fields.Length == 1);
        var pair = alternatives.FirstOrDefault(fields => fields.Length > 1);
        IReadOnlyList<CredentialField> chosen = content switch
        {
            PSCredential => pair ?? single!,
            Hashtable table => alternatives.FirstOrDefault(fields => fields.All(field => Has(table, field)))
                ?? alternatives[0],
            _ => single ?? pair!,
        };
        // Read once, so that what is of no use is refused now and not at the first call.
        foreach (
            var secret in SecretContent
                .Read(content, new SecretRecord(Vault, ownSecret!, true, chosen, default), out _)
                .Values
        )
            secret.Dispose();
        return chosen;
    }

    private static bool Has(Hashtable table, CredentialField field)
    {
        foreach (var key in table.Keys)
        {
            try
            {
                if (CredentialName.FieldOf(key.ToString() ?? "") == field)
                    return true;
            }
            catch (FormatException)
            {
                // A key for someone else.
            }
        }
        return false;
    }
}
