using System.Text.RegularExpressions;
using McpRuntime.Testing;

namespace McpRuntime.Docs.Tests;

/// <summary>Claims of <c>docs/comparison.md</c> have a source: ours a page and tests, others' a commit.</summary>
public partial class ComparisonTests
{
    private static readonly string Text = File.ReadAllText(RepositoryRoot.PathOf("docs", "comparison.md"));

    private static readonly string[][] Rows =
    [
        .. Row().Matches(Text).Select(row => row.Groups[1].Value.Split('|').Select(cell => cell.Trim()).ToArray()),
    ];

    [Fact]
    public void Each_of_our_claims_links_to_a_page()
    {
        var claims = Rows.Where(cells => cells.Length == 7 && cells[0].Length > 0 && !cells[0].StartsWith('-'))
            .ToList();
        Assert.True(claims.Count > 20);
        Assert.All(claims, cells =>
            Assert.True(cells[1] == "no" || cells[1].Contains("](", StringComparison.Ordinal), cells[0])
        );
    }

    [Fact]
    public void The_tests_of_our_claims_exist()
    {
        var tests = Directory
            .EnumerateFiles(RepositoryRoot.PathOf("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension)
            .ToHashSet();
        var named = TestName().Matches(Text).Select(match => match.Groups[1].Value).ToList();
        Assert.True(named.Count > 20);
        Assert.All(named, name => Assert.Contains(name, tests));
    }

    // A branch changes under the claim.
    [Fact]
    public void Links_to_sources_of_others_name_a_commit() =>
        Assert.DoesNotMatch(@"github\.com/[^/)]+/[^/)]+/(blob|tree)/(?![0-9a-f]{40}[/)])", Text);

    [GeneratedRegex(@"^\|(.*)\|\r?$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Za-z0-9]+Tests)`")]
    private static partial Regex TestName();
}
