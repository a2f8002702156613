using System.Text;
using McpRuntime.Manifests;
using McpRuntime.Validation;

namespace McpRuntime.Tests.Manifests;

public class CommandNameTests
{
    [Theory]
    [InlineData("Get-RepoIssue", "Get-RepoIssue")]
    [InlineData("get-RepoIssue", "Get-RepoIssue")]
    [InlineData("CONVERTTO-Pdf2", "ConvertTo-Pdf2")]
    public void A_name_is_read_with_the_verb_as_PowerShell_spells_it(string text, string name) =>
        Assert.Equal(name, CommandName.TryParse(text)?.ToString());

    [Theory]
    [InlineData("GetRepoIssue", "a hyphen and a noun")]
    [InlineData("Fetch-Issue", "approved verbs")]
    [InlineData("Gett-Issue", "Did you mean 'Get'?")]
    [InlineData("Get-", "must match")]
    [InlineData("Get-issue", "must match")]
    [InlineData("Get-Issue'; calc", "must match")]
    [InlineData("Get-Issue\n", "must match")]
    [InlineData("Get-\u0406ssue", "must match")]
    [InlineData("Get-Repo-Issue", "must match")]
    [InlineData("Get-A234567890123456789012345678901234567890123456789012345678901", "at most 60")]
    public void What_is_not_a_command_is_explained(string text, string problem)
    {
        Assert.False(CommandName.TryParse(text, out _, out var found));
        Assert.Contains(problem, found, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_equal_whatever_their_case_is() =>
        Assert.Equal(new CommandName("Get", "RepoIssue"), new CommandName("Get", "Repoissue"));

    [Theory]
    [InlineData("Gh", true)]
    [InlineData("gh", false)]
    [InlineData("", false)]
    [InlineData("G-h", false)]
    [InlineData("A23456789012345678901", false)]
    public void A_prefix_is_letters_and_digits_after_an_upper_case_letter(string prefix, bool isValid) =>
        Assert.Equal(isValid, CommandPrefix.IsValid(prefix));

    [Fact]
    public void A_manifest_with_bad_names_is_refused()
    {
        var text = ManifestSamples
            .Current.Replace("command: Update-Pet", "command: Change-Pet", StringComparison.Ordinal)
            .Replace("command_prefix: Ps", "command_prefix: p", StringComparison.Ordinal)
            .Replace("base_url: https://eu.", "base_url: ftp://eu.", StringComparison.Ordinal);
        Assert.Equal(
            ["server-url", "command-prefix", "command-name"],
            ManifestReader.Read(Encoding.UTF8.GetBytes(text), null).Findings.Select(finding => finding.RuleId)
        );
    }
}
