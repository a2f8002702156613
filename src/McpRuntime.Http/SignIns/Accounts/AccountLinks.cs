using McpRuntime.Configuration;
using McpRuntime.Credentials;
using McpRuntime.Http.Access;
using McpRuntime.Http.Connectors;
using McpRuntime.Http.Problems;
using McpRuntime.Http.Projects;
using McpRuntime.Http.SignIns.Connecting;
using McpRuntime.SignInFlows;

namespace McpRuntime.Http.SignIns.Accounts;

/// <summary>Makes the link of a caller who wants to connect an account without calling a tool first.</summary>
internal sealed class AccountLinks(
    FolderConnectors folder,
    ProjectTable projects,
    DatabaseSignInStore store,
    ConnectLinks links,
    RuntimeSettings settings,
    TimeProvider time
)
{
    /// <exception cref="ProblemException">The caller does not reach the connector, or it knows no accounts.</exception>
    public async Task<AccountLink> MakeAsync(Caller caller, AccountChoice choice, CancellationToken cancellationToken)
    {
        if (!store.IsConfigured)
            throw new ProblemException(
                Problem.Conflict("The gateway has no key ring, and keeps no accounts: MCP_RUNTIME_KEY_RING_KEY_FILE.")
            );
        if (caller.Kind == CallerKind.Local)
            throw new ProblemException(Problem.Conflict("Accounts can be connected by callers with a token."));
        var key = KeyOf(caller, choice);
        if (!ConnectLinks.MayConnect(caller, key, choice.Project))
            throw new ProblemException(
                Problem.InsufficientScope("The right 'credentials' is needed to connect an account that is shared.")
            );
        var expires = time.GetUtcNow() + ConnectTickets.Lifetime;
        var link = await links.MakeAsync(caller, key, choice.Project, cancellationToken);
        return new AccountLink(key, link.Path, expires);
    }

    private CredentialKey KeyOf(Caller caller, AccountChoice choice)
    {
        IConnectorSet? set = choice.Project is null ? folder : projects.Find(choice.Project);
        if (
            set?.Current.Connectors.FirstOrDefault(one => one.Name == choice.Connector) is not { } connector
            || !caller.Reaches(choice.Project)
            || !caller.AllowsConnector(choice.Project, choice.Connector)
        )
            throw new ProblemException(Problem.NotFound("There is no such connector, or none for this caller."));
        var isShared = !connector.Credentials.IsPerCaller;
        if (choice.IsShared is { } asked && asked != isShared)
            throw new ProblemException(
                Problem.Conflict(
                    isShared
                        ? $"All callers of '{choice.Connector}' share one account: 'shared' must be true."
                        : $"Each caller of '{choice.Connector}' has a separate account: 'shared' must be false."
                )
            );
        string scheme;
        try
        {
            scheme = SignInFlow.SchemeOf(connector, choice.Scheme);
        }
        catch (McpRuntimeException exception)
        {
            throw new ProblemException(Problem.Invalid(exception.Message));
        }
        var name = set.Project is { } project ? $"{project}/{connector.Name}" : connector.Name;
        return new CredentialKey(name, scheme)
        {
            Holder = isShared ? null : caller.Id,
            // As calls choose it.
            Profile = choice.Profile
                ?? settings.Profiles.Of(name)
                ?? connector.Credentials.Profile
                ?? CredentialKey.DefaultProfile,
        };
    }
}

/// <summary>The account that a caller wants to connect.</summary>
/// <param name="Connector">Name within its project or the folder.</param>
/// <param name="Project">Null for the folder.</param>
/// <param name="Scheme">Null where the connector has one.</param>
/// <param name="Profile">Null for the connector's.</param>
/// <param name="IsShared">What the caller expects; null for what the connector says.</param>
internal sealed record AccountChoice(
    string Connector,
    string? Project,
    string? Scheme,
    string? Profile,
    bool? IsShared
);

/// <param name="Key">The sign-in that it makes.</param>
/// <param name="Path">From the gateway's URL on; it has the ticket.</param>
/// <param name="Expires">When it ends.</param>
internal sealed record AccountLink(CredentialKey Key, string Path, DateTimeOffset Expires);
