using McpRuntime.Reference;

namespace McpRuntime.Docs.Tests;

public class RulesPageTests
{
    [Fact]
    public void Every_class_of_rule_ids_is_found() =>
        Assert.Superset(
            new HashSet<string> { "DocumentRules", "ImportRules", "ManifestRules", "LockRules", "ValidationRules" },
            RulesPage.Classes.Select(type => type.Name).ToHashSet()
        );

    [Fact]
    public void Rule_ids_are_in_kebab_case() => Assert.All(Ids(), id => Assert.Matches("^[a-z]+(-[a-z]+)*$", id));

    [Fact]
    public void Each_rule_has_one_row()
    {
        var page = RulesPage.Make().Text;
        Assert.All(Ids().Distinct(), id => Assert.Equal(2, page.Split($"<a id=\"{id}\">").Length));
    }

    private static IEnumerable<string> Ids() =>
        RulesPage.Classes.SelectMany(RulesPage.Ids).Select(id => (string)id.GetRawConstantValue()!);
}
