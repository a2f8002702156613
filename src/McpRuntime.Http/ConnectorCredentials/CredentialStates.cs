using System.Security.Cryptography;
using McpRuntime.Approvals;
using McpRuntime.Credentials;

namespace McpRuntime.Http.ConnectorCredentials;

/// <summary>
/// Looks at credentials as calls do: sources in their order, the first that knows anything answers alone.
/// </summary>
/// <param name="slots">What the connectors need.</param>
/// <param name="table">The gateway's own.</param>
/// <param name="seal">Opens them.</param>
/// <param name="sources">All sources in the order in which calls ask them.</param>
/// <param name="approvals">What the operator approved for connectors of the folder.</param>
internal sealed class CredentialStates(
    CredentialSlots slots,
    CredentialTable table,
    CredentialSeal seal,
    NamedSources sources,
    ApprovalStore approvals
)
{
    /// <summary>Of the folder and of projects, as far as a caller manages their credentials.</summary>
    /// <param name="sees">Whether to look at a project, or at the folder where it is null.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    public async Task<IReadOnlyList<CredentialState>> ListAsync(
        Func<string?, bool> sees,
        CancellationToken cancellationToken
    )
    {
        await slots.Loaded.WaitAsync(cancellationToken);
        var rows = await table.ListAsync(cancellationToken);
        var states = new List<CredentialState>();
        foreach (var project in slots.Projects.Prepend(null).Where(sees))
        {
            foreach (var (slot, target) in slots.Of(project))
                states.Add(
                    await LookAsync(
                        slot,
                        target,
                        rows.GetValueOrDefault((slot.Identity, slot.Scheme)),
                        cancellationToken
                    )
                );
        }
        return states;
    }

    /// <summary>Null where no connector needs it.</summary>
    public async Task<CredentialState?> FindAsync(CredentialSlot slot, CancellationToken cancellationToken)
    {
        await slots.Loaded.WaitAsync(cancellationToken);
        return slots.Find(slot) is { } target
            ? await LookAsync(slot, target, await table.FindAsync(slot, cancellationToken), cancellationToken)
            : null;
    }

    private async Task<CredentialState> LookAsync(
        CredentialSlot slot,
        CredentialTarget target,
        CredentialRow? row,
        CancellationToken cancellationToken
    )
    {
        var state = new CredentialState(slot, target) { Row = row };
        try
        {
            foreach (var (name, source) in sources.All)
            {
                if (source is GatewayCredentialSource)
                {
                    if (row is not null && seal.IsConfigured)
                        return Own(state, row);
                    continue;
                }
                using var found = await source.FindAsync(slot.Key, cancellationToken);
                if (found is not null)
                    return Other(state, name, found);
            }
            return state;
        }
        catch (McpRuntimeException problem)
        {
            return state with { Problem = problem.Message };
        }
    }

    private CredentialState Own(CredentialState state, CredentialRow row)
    {
        try
        {
            var (binding, fields) = seal.Open(state.Slot, row.Content);
            fields.Dispose();
            return state with
            {
                Binding = binding,
                Source = "gateway",
                State = binding.Covers(state.Target) ? CredentialState.Set : CredentialState.NeedsConfirmation,
                Problem = binding.Covers(state.Target)
                    ? state.Target.Problems is [var unknown, ..]
                        ? unknown
                        : null
                    : $"The manifest asks for {binding.Beyond(state.Target)}, which no one confirmed.",
            };
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return state with { Problem = "It cannot be decrypted by the gateway's key ring; set it again." };
        }
    }

    private CredentialState Other(CredentialState state, string name, Credential found)
    {
        var approved = approvals.Now(state.Slot.Identity);
        var origins = found.Origins.Concat(approved.Origins.Select(entry => entry.Origin)).Distinct().ToList();
        var missing = state.Target.Origins.Where(origin => !origins.Contains(origin)).ToList();
        return SchemeFields.Satisfied(state.Target.Definition, found) is null
            ? state with
            {
                Source = name,
                Problem = "It is incomplete.",
            }
            : state with
            {
                Source = name,
                ApprovedOrigins = origins,
                State = missing.Count == 0 ? CredentialState.Set : CredentialState.NeedsConfirmation,
                Problem = missing.Count == 0 ? null : $"It is not approved for {string.Join(", ", missing)}.",
            };
    }
}
