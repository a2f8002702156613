using McpRuntime.Credentials;
using McpRuntime.Http.Access;
using McpRuntime.Http.Problems;

namespace McpRuntime.Http.SignIns.Accounts;

/// <summary>Which accounts a request is about; those alone that its caller may see are found.</summary>
/// <param name="OtherCaller">Whose; null for the caller's own and the shared ones.</param>
/// <param name="Project">Null for any.</param>
/// <param name="Connector">Name within its project or the folder; null for any.</param>
/// <param name="Scheme">Null for any.</param>
/// <param name="Profile">Null for any.</param>
/// <param name="IsShared">Null for both.</param>
internal sealed record AccountQuery(
    string? OtherCaller,
    string? Project,
    string? Connector,
    string? Scheme,
    string? Profile,
    bool? IsShared
)
{
    /// <param name="request">The request.</param>
    /// <param name="names">What its query may have: a misspelt one must not be taken for "any".</param>
    public static AccountQuery Of(HttpRequest request, params string[] names)
    {
        foreach (var name in request.Query.Keys)
        {
            if (!names.Contains(name, StringComparer.Ordinal))
                throw new ProblemException(
                    Problem.Invalid($"The query has something unknown; it takes {string.Join(", ", names)}.")
                );
        }
        return new AccountQuery(
            Text("caller"),
            Text("project"),
            Text("connector"),
            Text("scheme"),
            Text("profile"),
            Text("shared") switch
            {
                null => null,
                "true" => true,
                "false" => false,
                _ => throw new ProblemException(Problem.Invalid("'shared' in the query must be true or false.")),
            }
        );

        string? Text(string name) => request.Query[name].ToString() is { Length: > 0 } text ? text : null;
    }

    /// <summary>For a removal: one account, or those of one caller who is named.</summary>
    public AccountQuery OfOne()
    {
        if (OtherCaller is not null)
            return this;
        if (Connector is null || Scheme is null)
            throw new ProblemException(
                Problem.Invalid(
                    "The query must name the account by connector and scheme, and by project, profile and shared=true "
                        + "where it has them; or a caller, whose accounts are all disconnected."
                )
            );
        return this with { IsShared = IsShared ?? false, Profile = Profile ?? CredentialKey.DefaultProfile };
    }

    public async Task<IReadOnlyList<SignInRow>> FindAsync(
        SignInTable table,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var found = new List<SignInRow>();
        if (OtherCaller is { } other)
        {
            found.AddRange(await table.ListAsync(other, cancellationToken));
            return [.. found.Where(row => IsMeant(row.Key) && MayManage(caller, row.Key))];
        }
        if (IsShared != true)
            found.AddRange(await table.ListAsync(caller.Id, cancellationToken));
        if (IsShared != false && caller.HoldsSomewhere(Rights.Credentials))
            found.AddRange(
                (await table.ListAsync(holder: null, cancellationToken)).Where(row =>
                    caller.Holds(Rights.Credentials, row.Key.Project())
                )
            );
        return [.. found.Where(row => IsMeant(row.Key))];
    }

    // Of someone who left: by those who manage tokens or credentials where the connector is.
    private static bool MayManage(Caller caller, CredentialKey key) =>
        key.Holder == caller.Id || caller.Holds(Rights.Tokens | Rights.Credentials, key.Project());

    private bool IsMeant(CredentialKey key) =>
        (Connector is null || (key.ConnectorName() == Connector && (key.Project() ?? "") == (Project ?? "")))
        && (Project is null || key.Project() == Project)
        && (Scheme is null || key.Scheme == Scheme)
        && (Profile is null || key.Profile == Profile);
}
