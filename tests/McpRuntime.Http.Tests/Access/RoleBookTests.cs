using McpRuntime.Http.Access;
using McpRuntime.Testing;

namespace McpRuntime.Http.Tests.Access;

public class RoleBookTests
{
    [Fact]
    public void A_file_adds_roles_and_says_which_claims_bring_them()
    {
        var book = Load(
            """
            {"roles": {"support": {"connectors": ["crm*"], "tools": ["get_*"], "access": "write"}},
             "claims": [{"claim": "groups", "value": "crm-team", "roles": ["support", "reader"]}]}
            """
        );

        var role = book.Find(["support", "nobody"]).Single();
        Assert.True(role.Connectors.AllowsName("crm-eu"));
        Assert.False(role.Connectors.AllowsName("billing"));
        Assert.Equal(AccessClass.Write, role.Class);
        Assert.Equal(Rights.None, role.Rights);
        var rule = Assert.Single(book.Rules);
        Assert.Equal(("groups", "crm-team", null), (rule.Claim, rule.Value, rule.Issuer));
        Assert.Equal(["support", "reader"], rule.Roles);
        Assert.True(book.Has("admin"));
    }

    [Theory]
    [InlineData("""{"role": {}}""", "'role' is unknown")]
    [InlineData("""{"roles": {"a": {"tool": ["x"]}}}""", "'tool' is unknown")]
    [InlineData("""{"roles": {"a": {"tools": []}}}""", "the list is empty")]
    [InlineData("""{"roles": {"a": {"tools": "x"}}}""", "a list is expected")]
    [InlineData("""{"roles": {"a": {"access": "all"}}}""", "none, read, write or destructive")]
    [InlineData("""{"roles": {"a": {"management": true}}}""", "'management' was replaced by 'rights'")]
    [InlineData("""{"roles": {"a": {"management": false}}}""", "\"rights\": [\"connectors\", \"audit\"]")]
    [InlineData(
        """{"roles": {"a": {"rights": ["token"]}}}""",
        "'token' is not a right; the rights are tokens, projects, connectors, credentials, network, audit, runtime"
    )]
    [InlineData("""{"roles": {"admin": {}}}""", "built in")]
    [InlineData("""{"roles": {"a b": {}}}""", "white space")]
    [InlineData("""{"claims": [{"claim": "g", "value": "v", "roles": ["x"]}]}""", "'x', which is not defined")]
    [InlineData("""{"claims": [{"claim": "g"}]}""", "needs claim, value and roles")]
    [InlineData("""{"roles": {"a": {}, "a": {}}}""", "cannot be read")]
    [InlineData("""{""", "cannot be read")]
    public void A_mistake_is_named(string json, string said) =>
        Assert.Contains(said, Assert.Throws<McpRuntimeException>(() => Load(json)).Message);

    [Fact]
    public void The_built_in_roles_do_what_their_names_say()
    {
        var roles = RoleBook.BuiltIn.Find(["admin", "user", "reader"]);

        Assert.Equal([Rights.All, Rights.None, Rights.None], roles.Select(role => role.Rights));
        Assert.Equal(
            [AccessClass.Destructive, AccessClass.Destructive, AccessClass.Read],
            roles.Select(role => role.Class)
        );
    }

    private static RoleBook Load(string json)
    {
        using var folder = new TemporaryFolder();
        return RoleBook.Load(folder.Write("roles.json", json));
    }
}
