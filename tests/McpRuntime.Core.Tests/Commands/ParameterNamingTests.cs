using McpRuntime.Commands;

namespace McpRuntime.Tests.Commands;

public class ParameterNamingTests
{
    [Theory]
    [InlineData("per_page", "PerPage")]
    [InlineData("X-GitHub-Api-Version", "XGitHubApiVersion")]
    [InlineData("createdAt[gte]", "CreatedAtGte")]
    [InlineData("$filter", "Filter")]
    [InlineData("DB_NAME", "DbName")]
    [InlineData("ID", "Id")]
    [InlineData("2fa", "Value2fa")]
    [InlineData("größe", "GrE")]
    [InlineData("名前", null)]
    [InlineData("$(calc)", "Calc")]
    [InlineData("Verbose", "VerboseValue")]
    public void A_parameter_is_Pascal_case_of_letters_and_digits(string argument, string? parameter) =>
        Assert.Equal(parameter, ParameterNaming.Of([argument], name => name == "Verbose")[argument]);

    [Fact]
    public void Names_are_unique_whatever_the_case_and_the_order()
    {
        string[] arguments = ["created_at", "createdAt", "CREATED-AT", "verbose", "verbose_value"];
        static bool IsTaken(string name) => name.Equals("verbose", StringComparison.OrdinalIgnoreCase);

        var names = ParameterNaming.Of(arguments, IsTaken);

        Assert.Equal(arguments, names.Keys);
        Assert.Equal(["CreatedAt3", "CreatedAt2", "CreatedAt", "VerboseValue", "VerboseValue2"], names.Values);
        var reversed = ParameterNaming.Of(arguments.Reverse(), IsTaken);
        Assert.All(names, name => Assert.Equal(name.Value, reversed[name.Key]));
    }
}
