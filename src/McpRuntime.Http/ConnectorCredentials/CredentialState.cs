using System.Text;
using McpRuntime.Credentials;
using McpRuntime.Http.Problems;
using McpRuntime.Network;

namespace McpRuntime.Http.ConnectorCredentials;

/// <summary>What is known of one credential that a connector needs; never a value.</summary>
/// <param name="Slot">What it is for.</param>
/// <param name="Target">Where the manifest would send it now.</param>
internal sealed record CredentialState(CredentialSlot Slot, CredentialTarget Target)
{
    public const string Set = "set";
    public const string Missing = "missing";
    public const string NeedsConfirmation = "needs confirmation";

    /// <summary><see cref="Set"/>, <see cref="Missing"/> or <see cref="NeedsConfirmation"/>.</summary>
    public string State { get; init; } = Missing;

    /// <summary>Where it comes from; null where it is missing.</summary>
    public string? Source { get; init; }

    /// <summary>The gateway's own, set through it.</summary>
    public CredentialRow? Row { get; init; }

    /// <summary>What <see cref="Row"/> was confirmed for.</summary>
    public CredentialBinding? Binding { get; init; }

    /// <summary>Origins that a credential of another source may be sent to.</summary>
    public IReadOnlyList<Origin> ApprovedOrigins { get; init; } = [];

    /// <summary>Why it cannot be used, in words; null where nothing is wrong.</summary>
    public string? Problem { get; init; }

    /// <summary>Another one after every change of the credential, and of what the manifest asks for.</summary>
    public string ETag =>
        EntityResponse.TagOf(
            Encoding.UTF8.GetBytes(
                string.Join('\n', [Row?.Stamp ?? "", Target.Kind, .. Target.Urls, "", .. Target.Scopes])
            )
        );

    /// <summary>
    /// The variables that set it without the gateway's own store, to be copied; null for a scheme that cannot be used.
    /// </summary>
    public string? Variables
    {
        get
        {
            var alternatives = SchemeFields.Alternatives(Target.Definition);
            return alternatives.Count == 0
                ? null
                : string.Join(
                    '\n',
                    [
                        .. alternatives[0].Select(needed => $"{NameOf(needed)}="),
                        $"{NameOf(CredentialField.Origins)}={string.Join(' ', Target.Origins)}",
                    ]
                );
        }
    }

    /// <summary>The variable or file of one field.</summary>
    public string NameOf(CredentialField part) => CredentialName.For(Slot.Identity, Slot.Scheme, part);
}
