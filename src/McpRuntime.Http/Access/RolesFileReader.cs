using System.Text.Json;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;
using McpRuntime.Http.Configuration;

namespace McpRuntime.Http.Access;

/// <summary>Reads the roles file.</summary>
internal sealed class RolesFileReader : JsonFileReader
{
    public (Dictionary<string, Role> Roles, IReadOnlyList<ClaimRule> Claims) Read(JsonElement root)
    {
        var roles = new Dictionary<string, Role>(StringComparer.Ordinal);
        var claims = new List<ClaimRule>();
        foreach (var (name, value) in Members(root, "the file"))
        {
            if (name == "roles")
            {
                foreach (var (role, definition) in Members(value, "'roles'"))
                    roles[role] = ReadRole(role, definition);
            }
            else if (name == "claims")
            {
                foreach (var rule in Items(value, "'claims'"))
                    claims.Add(ReadClaim(rule));
            }
            else
                Unknown(name, "the file", "roles, claims");
        }
        foreach (
            var missing in claims
                .SelectMany(claim => claim.Roles)
                .Where(role => !roles.ContainsKey(role) && !RoleBook.BuiltIn.Has(role))
                .Distinct()
        )
            Object($"A claim is mapped to the role '{missing}', which is not defined.");
        return (roles, claims);
    }

    private Role ReadRole(string role, JsonElement definition)
    {
        var place = $"the role '{role}'";
        if (role == Role.AdminName)
            Object("The role 'admin' is built in and cannot be changed.");
        if (role.Length == 0 || role.Any(char.IsWhiteSpace))
            Object($"{place} has a name with white space, which separates roles.");
        var read = new Role(role);
        foreach (var (name, value) in Members(definition, place))
        {
            read = name switch
            {
                "connectors" => read with { Connectors = new ToolFilter(Texts(value, place + ", connectors")) },
                "tools" => read with { Tools = new ToolFilter(Texts(value, place + ", tools")) },
                "projects" => read with { Projects = new ToolFilter(Texts(value, place + ", projects")) },
                "access" => read with { Class = ReadClass(value, place) },
                "rights" => read with { Rights = ReadRights(value, place) },
                "management" => Replaced(place, read),
                _ => Unknown(name, place, "connectors, tools, projects, access, rights", read),
            };
        }
        return read;
    }

    private ClaimRule ReadClaim(JsonElement definition)
    {
        const string Place = "a rule of 'claims'";
        string claim = "",
            text = "";
        string? issuer = null;
        List<string> roles = [];
        foreach (var (name, value) in Members(definition, Place))
        {
            if (name == "claim")
                claim = Text(value, Place);
            else if (name == "value")
                text = Text(value, Place);
            else if (name == "roles")
                roles = Texts(value, Place);
            else if (name == "issuer")
                issuer = Text(value, Place);
            else
                Unknown(name, Place, "claim, value, roles, issuer");
        }
        if (claim.Length == 0 || text.Length == 0 || roles.Count == 0)
            Object($"{Place} needs claim, value and roles.");
        var rule = new ClaimRule(claim, text, roles) { Issuer = issuer };
        // RFC 6749 section 3.3.
        if (rule.IsScope && !text.All(letter => letter is > ' ' and < '\u007f' and not ('"' or '\\')))
            Object(
                $"{Place} names the scope '{UntrustedText.Clean(text)}'; a scope is one word of ASCII without quotes."
            );
        return rule;
    }

    private AccessClass ReadClass(JsonElement value, string place)
    {
        switch (value.ValueKind == JsonValueKind.String ? value.GetString() : null)
        {
            case "none":
                return AccessClass.None;
            case "read":
                return AccessClass.Read;
            case "write":
                return AccessClass.Write;
            case "destructive":
                return AccessClass.Destructive;
            default:
                Object($"In {place}, 'access' takes none, read, write or destructive.");
                return AccessClass.Read;
        }
    }

    private Rights ReadRights(JsonElement value, string place)
    {
        var rights = Rights.None;
        foreach (var name in Texts(value, place + ", rights"))
        {
            if (RightNames.Parse(name) is { } right)
                rights |= right;
            else
                Object($"In {place}, '{UntrustedText.Clean(name)}' is not a right; the rights are {RightNames.All}.");
        }
        return rights;
    }

    // It made an admin of a role, whatever its projects and its access. To go on reading it as "all rights" would keep
    // what no one meant.
    private Role Replaced(string place, Role role)
    {
        Object(
            $"In {place}, 'management' was replaced by 'rights', which 'projects' limits. Write the rights "
                + $"that the role "
                + $"needs, e.g. \"rights\": [\"connectors\", \"audit\"]; the rights are {RightNames.All}."
        );
        return role;
    }
}
