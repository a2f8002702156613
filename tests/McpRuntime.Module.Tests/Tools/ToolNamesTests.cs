using McpRuntime.Cmdlets.Shell;
using McpRuntime.Cmdlets.Tools;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Module.Tests.Tools;

/// <summary>Names of tools of other servers, which may differ only in case.</summary>
public class ToolNamesTests
{
    private static readonly McpTool[] Tools =
    [
        .. new[] { "get_pet", "Get_Pet", "find" }.Select(name => new McpTool(
            new Tool { Name = name },
            new ToolLocation(null, null, null)
        )),
    ];

    [Theory]
    [InlineData("get_pet", "get_pet")]
    [InlineData("Get_Pet", "Get_Pet")]
    [InlineData("FIND", "find")]
    public void Exact_name_wins_and_case_is_ignored_otherwise(string name, string expected) =>
        Assert.Equal(expected, ToolNames.Find(Tools, "pets", name).Name);

    [Theory]
    [InlineData("GET_PET", ErrorId.ToolAmbiguous, "get_pet, Get_Pet")]
    [InlineData("fnd", ErrorId.ToolNotFound, "Did you mean find?")]
    [InlineData("something_else", ErrorId.ToolNotFound, "It has: get_pet, Get_Pet, find.")]
    public void Any_other_name_is_told_with_the_choices(string name, string id, string text)
    {
        var failure = Assert.Throws<ToolNotFoundException>(() => ToolNames.Find(Tools, "pets", name));
        Assert.Contains(text, failure.Message, StringComparison.Ordinal);
        Assert.Equal(id, failure.ToError().FullyQualifiedErrorId);
    }
}
