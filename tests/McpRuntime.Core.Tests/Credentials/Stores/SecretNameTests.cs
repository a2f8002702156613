using McpRuntime.Credentials;
using McpRuntime.Credentials.Stores;

namespace McpRuntime.Tests.Credentials.Stores;

public class SecretNameTests
{
    [Theory]
    [InlineData("petstore", "api_key", "mcp-petstore-api-key-")]
    [InlineData("@team/pet.store", "OAuth 2", "mcp-team-pet-store-oauth-2-")]
    public void Names_begin_with_what_a_user_recognizes(string connector, string scheme, string start)
    {
        var name = SecretName.Of(new CredentialKey(connector, scheme));

        Assert.StartsWith(start, name, StringComparison.Ordinal);
        Assert.Equal(start.Length + 26, name.Length);
    }

    [Theory]
    [InlineData("petstore", "api_key")]
    [InlineData("@a/b", "ключ/🔑")]
    public void Names_fit_every_vault(string connector, string scheme) =>
        Assert.Matches("^[0-9a-z-]{1,127}$", SecretName.Of(new CredentialKey(connector, scheme)));

    [Fact]
    public void Long_names_are_cut_and_stay_apart()
    {
        var one = SecretName.Of(new CredentialKey(new string('a', 100), new string('b', 200)));
        var two = SecretName.Of(new CredentialKey(new string('a', 100), new string('b', 201)));

        Assert.InRange(one.Length, 1, 127);
        Assert.NotEqual(one, two);
    }

    [Fact]
    public void Connectors_that_look_alike_have_secrets_of_their_own()
    {
        string[] names =
        [
            SecretName.Of(new CredentialKey("@a/b", "c")),
            SecretName.Of(new CredentialKey("a-b", "c")),
            SecretName.Of(new CredentialKey("a", "b-c")),
            SecretName.Of(new CredentialKey("a.b", "c")),
            SecretName.Of(new CredentialKey("a", "b") { Profile = "c" }),
            SecretName.Of(new CredentialKey("a", "b") { Profile = "work" }),
        ];

        Assert.Equal(6, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    // The name is where earlier versions have put the secret: it must not change.
    [Fact]
    public void The_hash_is_the_first_130_bits_of_SHA_256_in_base32() =>
        Assert.Equal(
            "mcp-petstore-api-key-" + Reference("petstore\0api_key"),
            SecretName.Of(new CredentialKey("petstore", "api_key"))
        );

    private static string Reference(string text)
    {
        var bits = string.Concat(
            System
                .Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text))
                .Select(b => Convert.ToString(b, 2).PadLeft(8, '0'))
        );
        return string.Concat(
            Enumerable
                .Range(0, 26)
                .Select(i => "abcdefghijklmnopqrstuvwxyz234567"[Convert.ToInt32(bits.Substring(i * 5, 5), 2)])
        );
    }
}
