using McpRuntime.Credentials;

namespace McpRuntime.Tests.Credentials;

public class CredentialNameTests
{
    [Theory]
    [InlineData("petstore", "api_key", CredentialField.Value, "MCP_RUNTIME_CREDENTIAL__PETSTORE__API_5FKEY__VALUE")]
    [InlineData(
        "@team/api",
        "basic",
        CredentialField.Username,
        "MCP_RUNTIME_CREDENTIAL___40TEAM_2FAPI__BASIC__USERNAME"
    )]
    [InlineData(
        "a-b.c~d",
        "OAuth2",
        CredentialField.ClientSecret,
        "MCP_RUNTIME_CREDENTIAL__A_2DB_2EC_7ED__OAUTH2__CLIENT_SECRET"
    )]
    [InlineData("api", "Schlüssel 1", CredentialField.Token, "MCP_RUNTIME_CREDENTIAL__API__SCHL_C3_BCSSEL_201__TOKEN")]
    public void Name_is_coded(string connector, string scheme, CredentialField field, string expected) =>
        Assert.Equal(expected, CredentialName.For(connector, scheme, field));

    [Fact]
    public void Two_connectors_never_mean_one_variable()
    {
        string[] connectors =
        [
            "a",
            "a_b",
            "a-b",
            "a.b",
            "a__b",
            "@a/b",
            "a_5fb",
            "a~b",
            "a2db",
            "a_",
            "a_40b",
            "b",
            "ab",
            "a_2fb",
            "a__b__c",
        ];
        string[] schemes = ["x", "_x", "x_", "__x", "b__x", "a__x", "40x", "x y", "", "b", "_40b"];
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var connector in connectors)
        {
            foreach (var scheme in schemes)
            {
                foreach (var field in Enum.GetValues<CredentialField>())
                    Assert.True(
                        names.Add(CredentialName.For(connector, scheme, field)),
                        $"{connector} {scheme} {field}"
                    );
            }
        }
    }

    [Fact]
    public void Secret_never_prints_itself_and_is_cleared()
    {
        var secret = new Secret("s3cr3t");
        var credential = new Credential("environment") { [CredentialField.Value] = secret };
        Assert.Equal("***", secret.ToString());
        Assert.Equal("*** (environment)", credential.ToString());
        Assert.Equal("s3cr3t", secret.Reveal());
        credential.Dispose();
        Assert.Equal(new byte[6], secret.RevealUtf8().ToArray());
    }
}
