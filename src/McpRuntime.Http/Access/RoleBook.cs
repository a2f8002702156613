using System.Text.Json;
using McpRuntime.Connectors;
using McpRuntime.Http.Configuration.Issuers;

namespace McpRuntime.Http.Access;

/// <summary>The roles there are, and which claims of a JWT bring which. Immutable.</summary>
internal sealed class RoleBook
{
    private readonly Dictionary<string, Role> _roles;
    private readonly IReadOnlyList<ClaimRule> _claims;

    private RoleBook(Dictionary<string, Role> roles, IReadOnlyList<ClaimRule> claims)
    {
        _roles = roles;
        _claims = claims;
    }

    /// <summary>The built-in roles, and no rule for claims.</summary>
    public static RoleBook BuiltIn { get; } =
        new(Role.BuiltIn.ToDictionary(role => role.Name, StringComparer.Ordinal), []);

    /// <summary>Those of a file, or the built-in ones where it is null.</summary>
    /// <exception cref="McpRuntimeException">What is wrong with the file, all of it.</exception>
    public static RoleBook Of(string? file) => file is null ? BuiltIn : Load(file);

    public IEnumerable<string> Names => _roles.Keys;

    /// <summary>The claims that are mapped to roles.</summary>
    public IEnumerable<string> Claims => _claims.Select(rule => rule.Claim).Distinct(StringComparer.Ordinal);

    public bool Has(string name) => _roles.ContainsKey(name);

    /// <summary>The roles of these names in the order of the names; what no role is called grants nothing.</summary>
    public IReadOnlyList<Role> Find(IEnumerable<string> names)
    {
        var found = new List<Role>();
        foreach (var name in names)
        {
            if (_roles.TryGetValue(name, out var role) && !found.Contains(role))
                found.Add(role);
        }
        return found;
    }

    /// <summary>The roles of an API token, limited to its projects where it has any.</summary>
    public IReadOnlyList<Role> Find(IEnumerable<string> names, IReadOnlyList<string> projects)
    {
        var roles = Find(names);
        return projects.Count == 0 ? roles : [.. roles.Select(role => role with { Within = new ToolFilter(projects) })];
    }

    /// <summary>The rules by which claims bring roles.</summary>
    public IReadOnlyList<ClaimRule> Rules => _claims;

    /// <summary>
    /// Reads a roles file: <c>{"roles": {"NAME": {"connectors": [], "tools": [], "projects": [], "access":
    /// "none|read|write|destructive", "rights": []}}, "claims": [{"claim": "", "value": "", "roles": [], "issuer":
    /// ""}]}</c>.
    /// </summary>
    /// <exception cref="McpRuntimeException">What is wrong, all of it.</exception>
    public static RoleBook Load(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllBytes(path),
                new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 }
            );
            var reader = new RolesFileReader();
            var (roles, claims) = reader.Read(document.RootElement);
            if (reader.Problems.Count > 0)
                throw new McpRuntimeException($"{path}: {string.Join(" ", reader.Problems)}");
            foreach (var role in Role.BuiltIn)
                roles.TryAdd(role.Name, role);
            return new RoleBook(roles, claims);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new McpRuntimeException($"The roles file {path} cannot be read: {exception.Message}", exception);
        }
    }
}

/// <summary>A claim with this value brings these roles.</summary>
/// <param name="Claim">Its name, or the path to it: <c>realm_access.roles</c>.</param>
/// <param name="Value">One of its values.</param>
/// <param name="Roles">Names of roles.</param>
internal sealed record ClaimRule(string Claim, string Value, IReadOnlyList<string> Roles)
{
    /// <summary>In tokens of this issuer alone; <c>*</c> for any, null where the file does not say.</summary>
    public string? Issuer { get; init; }

    /// <summary>A scope that a client can ask the issuer for brings the roles.</summary>
    public bool IsScope => Claim is "scope" or "scp";

    /// <summary>Whether it counts for tokens of an issuer.</summary>
    public bool IsFor(TrustedIssuer issuer) => Issuer is null or "*" || issuer.Is(Issuer);
}
