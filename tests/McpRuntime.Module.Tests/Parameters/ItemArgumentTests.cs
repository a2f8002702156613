using McpRuntime.Cmdlets.Parameters;

namespace McpRuntime.Module.Tests.Parameters;

/// <summary>Which argument of a path names the item that objects of the API call otherwise.</summary>
public sealed class ItemArgumentTests
{
    [Theory]
    [InlineData("/pets/{petId}", "petId", "id")]
    [InlineData("/pets/{pet_id}", "pet_id", "id")]
    [InlineData("/pets/{pet-id}", "pet-id", "id")]
    [InlineData("/pets/{petid}", "petid", "id")]
    [InlineData("/pets/{pet}", "pet", "id")]
    [InlineData("/pet/{petId}", "petId", "id")]
    [InlineData("/pets/{petId}/photos", "petId", "id")]
    [InlineData("/v1/customers/{customer}/sources/{id}", null, null)]
    [InlineData("/owners/{ownerId}/pets/{petId}", "petId", "id")]
    [InlineData("/categories/{categoryId}", "categoryId", "id")]
    [InlineData("/addresses/{addressId}", "addressId", "id")]
    [InlineData("/boxes/{box_id}", "box_id", "id")]
    [InlineData("/user-groups/{groupId}", "groupId", "id")]
    [InlineData("/user-groups/{userGroupId}", "userGroupId", "id")]
    [InlineData("/repos/{owner}/{repo}/issues/{issue_number}", "issue_number", "number")]
    [InlineData("/files/{file_path+}", "file_path+", "path")]
    [InlineData("/groups/{group_external_id}", "group_external_id", "external_id externalid")]
    // The path does not say what the object calls it.
    [InlineData("/users/{username}", null, null)]
    [InlineData("/pets/{key}", null, null)]
    [InlineData("/repos/{owner}/{repo}", null, null)]
    [InlineData("/{petId}", null, null)]
    [InlineData("/pets", null, null)]
    [InlineData("/pets/{ownerId}", null, null)]
    [InlineData("/-/{petId}", null, null)]
    public void Is_the_last_one_where_the_segment_before_says_so(string path, string? variable, string? properties)
    {
        var item = ItemArgument.Of(path, name => $"argument of {name}");
        Assert.Equal(variable is null ? null : $"argument of {variable.TrimEnd('+')}", item?.Argument);
        Assert.Equal(properties, item is null ? null : string.Join(' ', item.Properties));
    }

    [Fact]
    public void A_variable_that_is_not_an_argument_is_not_one() =>
        Assert.Null(ItemArgument.Of("/pets/{petId}", _ => null));
}
