using McpRuntime.OpenApi;
using McpRuntime.OpenApi.Naming;
using McpRuntime.OpenApi.Projection;

namespace McpRuntime.Tests.OpenApi.Naming;

public class NamingTests
{
    [Theory]
    [InlineData("getPetById", "get_pet_by_id")]
    [InlineData("listAPIKeys", "list_api_keys")]
    [InlineData("getUserIDs", "get_user_ids")]
    [InlineData("repos/list-for-user", "repos_list_for_user")]
    [InlineData("HTTPServer", "http_server")]
    [InlineData("v2.users.get", "v2_users_get")]
    [InlineData("already_snake", "already_snake")]
    [InlineData("A", "a")]
    [InlineData("", "")]
    public void Words_of_any_spelling(string text, string expected) =>
        Assert.Equal(expected, string.Join('_', SnakeCase.Words(text)));

    [Theory]
    [InlineData("operationId: listThings", "/things", "list_things")]
    [InlineData("", "/pets/{petId}/photos", "get_pets_by_pet_id_photos")]
    [InlineData("", "/", "get_root")]
    [InlineData("operationId: 2faEnable", "/x", "get_2fa_enable")]
    [InlineData("operationId: получить", "/things", "get_things")]
    [InlineData("operationId: 5", "/things", "get_things")]
    public async Task A_name_comes_from_the_operation_id_or_the_endpoint(string id, string path, string expected) =>
        Assert.Equal(expected, (await Importing.ImportToolAsync(Importing.Document(id, path: path))).Name);

    [Fact]
    public void Long_names_lose_what_says_little_first()
    {
        var name = NameShortener.Fit(
            SnakeCase.Words("updateTheConfigurationOfTheNotificationChannelForTheOrganizationWithIdentifier"),
            ToolNamer.MaxLength
        );
        Assert.InRange(name.Length, 50, 64);
        Assert.StartsWith("update_", name, StringComparison.Ordinal);
        Assert.EndsWith("_identifier", name, StringComparison.Ordinal);
        Assert.DoesNotContain("_the_", name, StringComparison.Ordinal);
        Assert.Equal(64, NameShortener.Fit([new string('x', 200)], 64).Length);
    }

    [Fact]
    public async Task Names_that_coincide_all_get_a_suffix_from_their_endpoint()
    {
        const string Document = """
            openapi: 3.1.1
            info: { title: T, version: 1.0.0 }
            servers: [ { url: 'https://a.test' } ]
            paths:
              /a: { get: { operationId: getIt } }
              /b: { get: { operationId: get_it } }
              /c: { get: { operationId: other } }
            """;
        var names = (await Importing.ImportAsync(Document)).Tools.Select(tool => tool.Name).ToList();
        // printf 'GET /a' | sha256sum
        Assert.Equal(["get_it_f302df", "get_it_db789e", "other"], names);
        var some = await Importing.ImportAsync(Document, new ImportOptions { IncludePaths = ["/b"] });
        Assert.Equal(names[1], Assert.Single(some.Tools).Name);
    }

    [Theory]
    [InlineData("/pets/*", "/pets/{id}", true)]
    [InlineData("/pets/*", "/pets/{id}/photos", false)]
    [InlineData("/pets/**", "/pets/{id}/photos", true)]
    [InlineData("/pets/**", "/pets", true)]
    [InlineData("/**/photos", "/pets/{id}/photos", true)]
    [InlineData("/**/photos", "/photos", true)]
    [InlineData("**", "/anything/at/all", true)]
    [InlineData("/p?ts", "/pets", true)]
    [InlineData("/p?ts", "/p/ts", false)]
    [InlineData("/a*b*c", "/axxbxxc", true)]
    [InlineData("/a*b*c", "/axxbxx", false)]
    [InlineData("/**/b/**/d", "/a/b/c/b/d", true)]
    [InlineData("/pets", "/pets/", true)]
    [InlineData("/pets", "/petshop", false)]
    public void Globs(string glob, string path, bool isMatch) => Assert.Equal(isMatch, PathGlob.IsMatch(glob, path));

    [Fact]
    public void A_glob_of_stars_ends_soon() =>
        Assert.False(PathGlob.IsMatch(string.Concat(Enumerable.Repeat("*a", 60)) + "b", new string('a', 5000)));

    [Theory]
    [InlineData("Swagger Petstore - OpenAPI 3.0", "swagger-petstore-openapi-3-0")]
    [InlineData("2Checkout API", "checkout-api")]
    [InlineData(null, "api")]
    [InlineData("aux", "aux-api")]
    public void Connector_names(string? title, string expected) =>
        Assert.Equal(expected, ConnectorIdentity.Name(title));

    [Theory]
    [InlineData("1.0.27", "1.0.27")]
    [InlineData("1.0.0-beta.1+x", "1.0.0-beta.1+x")]
    [InlineData("v1", "1.0.0")]
    [InlineData("2024-10-01", "2024.10.1")]
    [InlineData("latest", "1.0.0")]
    [InlineData(null, "1.0.0")]
    public void Connector_versions(string? version, string expected) =>
        Assert.Equal(expected, ConnectorIdentity.Version(version));
}
