namespace McpRuntime.Http.Access;

/// <summary>
/// The OAuth scopes that bring roles, by the rules for <c>scope</c> and <c>scp</c> under <c>claims</c> of the roles
/// file: what a client can ask an issuer for.
/// </summary>
internal sealed class RoleScopes
{
    private readonly IReadOnlyList<(ClaimRule Rule, IReadOnlyList<Role> Roles)> _rules;

    public RoleScopes(RoleBook book)
    {
        // Of two scopes that would do, the one that grants less.
        _rules =
        [
            .. book
                .Rules.Where(rule => rule.IsScope)
                .Select(rule => (Rule: rule, Roles: book.Find(rule.Roles)))
                .OrderBy(entry => entry.Roles.Sum(role => int.PopCount((int)role.Rights)))
                .ThenBy(entry => entry.Roles.Max(role => role.Class)),
        ];
        All = Names(_rules);
        First = Names(_rules.Where(entry => entry.Roles.All(IsReader)));
        if (First.Count == 0)
            First = All;
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>What a client without a token begins with: those that only read, or all where there are none.</summary>
    public IReadOnlyList<string> First { get; }

    /// <summary>The scopes of the caller's token and the one more with which it could do what it may not.</summary>
    /// <param name="caller">Who lacks something.</param>
    /// <param name="context">The request.</param>
    /// <param name="isEnough">Whether the caller could do it with further roles.</param>
    /// <returns>Separated by spaces; null where no scope of the caller's issuer is enough.</returns>
    public string? Needed(Caller caller, HttpContext context, Predicate<Caller> isEnough)
    {
        if (caller.Issuer is not { } issuer)
            return null;
        foreach (var (rule, roles) in _rules)
        {
            if (!rule.IsFor(issuer))
                continue;
            var more = new Caller(caller.Kind, caller.Id, [.. caller.Roles.Union(roles)], context);
            if (isEnough(more))
                return string.Join(' ', caller.Scopes.Append(rule.Value).Distinct(StringComparer.Ordinal));
        }
        return null;
    }

    private static bool IsReader(Role role) => role.Class <= AccessClass.Read && role.Rights == Rights.None;

    private static List<string> Names(IEnumerable<(ClaimRule Rule, IReadOnlyList<Role> Roles)> rules) =>
        [.. rules.Select(entry => entry.Rule.Value).Distinct(StringComparer.Ordinal)];
}
