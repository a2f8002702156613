using System.Security.Cryptography;
using McpRuntime.Credentials;
using McpRuntime.Credentials.Stores;

namespace McpRuntime.Http.ConnectorCredentials;

/// <summary>
/// The credentials that were set through the gateway, as credentials of calls. One that was confirmed for other URLs
/// than those of the manifest is refused, and nothing else takes its place.
/// </summary>
internal sealed class GatewayCredentialSource(KnownCredentials known, CredentialSlots slots, CredentialSeal seal)
    : ICredentialSource
{
    public string? HowToSet(CredentialKey key, IReadOnlyList<CredentialField> fields) =>
        seal.IsConfigured && key.IsPlain
            ? $"a holder of the right 'credentials' sets {string.Join(" and ", fields.Select(CredentialName.Of))}: PUT "
                + CredentialSlot.Of(key).PathOf()
            : null;

    public async ValueTask<Credential?> FindAsync(CredentialKey key, CancellationToken cancellationToken)
    {
        if (!seal.IsConfigured || !key.IsPlain)
            return null;
        var slot = CredentialSlot.Of(key);
        if (await known.ReadAsync(slot, cancellationToken) is not { } row || slots.Find(slot) is not { } target)
            return null;
        try
        {
            var (binding, content) = seal.Open(slot, row.Content);
            using (content)
            {
                if (!binding.Covers(target))
                    throw NeedsConfirmation(slot, binding, target);
                return new Credential("the gateway", FieldsJson.Read(content))
                {
                    Origins = binding.Origins,
                    Mark = row.Stamp,
                    HowToApprove = $"set it again with that origin in 'origins': PUT {slot.PathOf()}",
                };
            }
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            throw new McpRuntimeException(
                $"The credential '{key.Scheme}' of {key.Label} cannot be decrypted by the gateway's key ring. A holder "
                    + $"of the right 'credentials' sets it again: PUT {slot.PathOf()}",
                exception
            );
        }
    }

    /// <summary>As far as this process knows; a change is told to all replicas.</summary>
    public bool IsCurrent(CredentialKey key, Credential? current) =>
        !seal.IsConfigured || !key.IsPlain
            ? current is null
            : known.TryGetStamp(CredentialSlot.Of(key), out var stamp) && stamp == current?.Mark as string;

    private static McpRuntimeException NeedsConfirmation(
        CredentialSlot slot,
        CredentialBinding binding,
        CredentialTarget target
    ) =>
        new(
            $"The credential '{slot.Scheme}' of '{slot.Identity}' needs confirmation; nothing was sent. It was set for "
                + $"{string.Join(", ", binding.Origins)}, and the manifest now also asks for "
                + $"{binding.Beyond(target)}. If that is right, a holder of the right 'credentials' confirms it: POST "
                + slot.PathOf("/confirm")
        )
        {
            ErrorCode = CallErrorCode.OriginNotApproved,
        };
}
