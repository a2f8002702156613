using System.Security.Claims;
using McpRuntime.Connectors;
using McpRuntime.Http.Configuration.Issuers;

namespace McpRuntime.Http.Access;

/// <summary>Who calls, by which request, and what that allows. Made once a request by authentication.</summary>
internal sealed class Caller : ClaimsPrincipal
{
    /// <summary>What a process of this machine may do, where the gateway is open to it.</summary>
    public static IReadOnlyList<Role> LocalRoles { get; } = [Role.BuiltIn[1]];

    /// <param name="kind">By what the caller is known.</param>
    /// <param name="id">Stable and unique, e.g. <c>token:ID</c> or <c>jwt:ISSUER|SUBJECT</c>; sessions and limits are
    /// bound to it.</param>
    /// <param name="roles">What the caller may do.</param>
    /// <param name="context">The request.</param>
    public Caller(CallerKind kind, string id, IReadOnlyList<Role> roles, HttpContext context)
    {
        CorrelationId = context.TraceIdentifier;
        Address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        Kind = kind;
        Id = id;
        Roles = roles;
        AccessKey = roles.Count == 1 ? roles[0].Key : string.Join(' ', roles.Select(role => role.Key));
    }

    /// <summary>A process of this machine, where the gateway is open to it.</summary>
    public static Caller Local(HttpContext context) => new(CallerKind.Local, "local", LocalRoles, context);

    public string Id { get; }

    /// <summary>For display: of an API token or a person; null where nothing but the id names the caller.</summary>
    public string? Name { get; init; }

    public CallerKind Kind { get; }

    /// <summary>The API token that was sent; null for other callers.</summary>
    public ApiToken? Token { get; init; }

    /// <summary>Whose token proved it; null for other callers than <see cref="CallerKind.Jwt"/>.</summary>
    public TrustedIssuer? Issuer { get; init; }

    /// <summary>The scopes of the token that brought roles.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>From when on what was sent is refused; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    public string CorrelationId { get; }

    /// <summary>IP address of the client.</summary>
    public string Address { get; }

    /// <summary>Callers with one key see the same tools.</summary>
    public string AccessKey { get; }

    public IReadOnlyList<Role> Roles { get; }

    /// <summary>Some role has one of the rights for a project, or for the gateway itself where it is null.</summary>
    public bool Holds(Rights anyOf, string? project) =>
        Roles.Any(role => (role.Rights & anyOf) != 0 && role.Reaches(project));

    /// <summary>What may be managed everywhere.</summary>
    public Rights RightsOfGateway =>
        Roles.Where(role => role.Reaches(null)).Aggregate(Rights.None, (rights, role) => rights | role.Rights);

    /// <summary>The most that some role allows through tools, wherever.</summary>
    public AccessClass Access => Roles.Select(role => role.Class).DefaultIfEmpty(AccessClass.None).Max();

    /// <summary>Some role has one of the rights, for whatever projects.</summary>
    public bool HoldsSomewhere(Rights anyOf) => Roles.Any(role => (role.Rights & anyOf) != 0);

    /// <summary>The caller may do all that these roles together allow.</summary>
    public bool Covers(IEnumerable<Role> roles) => roles.All(Roles.Cover);

    public IEnumerable<string> RoleNames => Roles.Select(role => role.Name);

    /// <summary>Some role reaches the project, or the connectors outside of projects where it is null.</summary>
    public bool Reaches(string? project) => Roles.Any(role => role.Reaches(project));

    public bool Allows(string? project, ServedTool tool) =>
        Roles.Any(role => role.Reaches(project) && role.Allows(tool));

    /// <summary>Some role grants something of the connector.</summary>
    public bool AllowsConnector(string? project, string connector) =>
        Roles.Any(role => role.Reaches(project) && role.Connectors.AllowsName(connector));

    /// <summary>The caller of an authenticated request.</summary>
    public static Caller Of(HttpContext context) => Of(context.User);

    /// <summary>The caller of a message that came with such a request.</summary>
    public static Caller Of(ClaimsPrincipal? user) => (Caller)user!;
}
