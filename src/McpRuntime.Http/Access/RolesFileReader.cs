using System.Text.Json;
using McpRuntime.Connectors;
using McpRuntime.Diagnostics;

namespace McpRuntime.Http.Access;

/// <summary>
/// Reads the roles file. A member it does not know is a mistake: a misspelt restriction must not vanish.
/// </summary>
internal sealed class RolesFileReader
{
    private readonly List<string> _problems = [];

    public IReadOnlyList<string> Problems => _problems;

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
            _problems.Add($"A claim is mapped to the role '{missing}', which is not defined.");
        return (roles, claims);
    }

    private Role ReadRole(string role, JsonElement definition)
    {
        var place = $"the role '{role}'";
        if (role == Role.AdminName)
            _problems.Add("The role 'admin' is built in and cannot be changed.");
        if (role.Length == 0 || role.Any(char.IsWhiteSpace))
            _problems.Add($"{place} has a name with white space, which separates roles.");
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

    private ClaimRule ReadClaim(JsonElement rule)
    {
        const string Place = "a rule of 'claims'";
        string claim = "",
            text = "";
        List<string> roles = [];
        foreach (var (name, value) in Members(rule, Place))
        {
            if (name == "claim")
                claim = Text(value, Place);
            else if (name == "value")
                text = Text(value, Place);
            else if (name == "roles")
                roles = Texts(value, Place);
            else
                Unknown(name, Place, "claim, value, roles");
        }
        if (claim.Length == 0 || text.Length == 0 || roles.Count == 0)
            _problems.Add($"{Place} needs claim, value and roles.");
        return new ClaimRule(claim, text, roles);
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
                _problems.Add($"In {place}, 'access' takes none, read, write or destructive.");
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
                _problems.Add(
                    $"In {place}, '{UntrustedText.Clean(name)}' is not a right; the rights are {RightNames.All}."
                );
        }
        return rights;
    }

    // It made an admin of a role, whatever its projects and its access. To go on reading it as "all rights" would keep
    // what no one meant.
    private Role Replaced(string place, Role role)
    {
        _problems.Add(
            $"In {place}, 'management' was replaced by 'rights', which 'projects' limits. Write the rights "
                + $"that the role "
                + $"needs, e.g. \"rights\": [\"connectors\", \"audit\"]; the rights are {RightNames.All}."
        );
        return role;
    }

    private List<string> Texts(JsonElement value, string place)
    {
        var texts = Items(value, place).Select(item => Text(item, place)).ToList();
        // No pattern at all would let everything through, which no one means by an empty list.
        if (texts.Count == 0)
            _problems.Add($"In {place}, the list is empty; leave it out or write \"*\" to grant all.");
        return texts;
    }

    private string Text(JsonElement value, string place)
    {
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text)
            return text;
        _problems.Add($"In {place}, a string is expected.");
        return "";
    }

    private JsonElement.ArrayEnumerator Items(JsonElement value, string place)
    {
        if (value.ValueKind == JsonValueKind.Array)
            return value.EnumerateArray();
        _problems.Add($"In {place}, a list is expected.");
        return default;
    }

    private IEnumerable<(string Name, JsonElement Value)> Members(JsonElement value, string place)
    {
        if (value.ValueKind == JsonValueKind.Object)
            return value.EnumerateObject().Select(member => (member.Name, member.Value));
        _problems.Add($"In {place}, an object is expected.");
        return [];
    }

    private void Unknown(string name, string place, string known) => Unknown(name, place, known, 0);

    private T Unknown<T>(string name, string place, string known, T otherwise)
    {
        _problems.Add($"In {place}, '{UntrustedText.Clean(name)}' is unknown; expected {known}.");
        return otherwise;
    }
}
