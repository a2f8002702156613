using System.Text.RegularExpressions;
using McpRuntime.Testing;
using Mono.Cecil;

namespace McpRuntime.Module.Tests.Language;

/// <summary>
/// Messages, help and documentation are in terms that a reader can look up; <c>plain-english.txt</c> lists those that
/// are not.
/// </summary>
public sealed partial class PlainEnglishTests
{
    private static readonly PhraseList Phrases = PhraseList.Read(
        RepositoryRoot.PathOf("tests", "McpRuntime.Module.Tests", "Language", "plain-english.txt")
    );

    private static string Module => Path.GetDirectoryName(Pwsh.StagedModule)!;

    public static TheoryData<string> Assemblies =>
        [
            "bin/McpRuntime.Core.dll",
            "bin/mcp-runtime.dll",
            "bin/McpRuntime.Cmdlets.dll",
            "bin/McpRuntime.Loader.dll",
            "gateway/mcp-runtime-http.dll",
        ];

    public static TheoryData<string> Texts =>
        [.. TextFiles().Select(file => Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/'))];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Messages_have_none_of_the_phrases(string assembly) =>
        AssertNone(UserStrings.In(Path.Combine(Module, assembly)).SelectMany(text => Phrases.In(text)));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Names_of_types_and_folders_have_none(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(Path.Combine(Module, assembly));
        AssertNone(
            module
                .GetTypes()
                .Where(type =>
                    type.FullName.StartsWith("McpRuntime", StringComparison.Ordinal)
                    && !type.Name.Contains('<', StringComparison.Ordinal)
                )
                .SelectMany(type => new[] { type.Name, type.Namespace })
                .Distinct()
                .SelectMany(name => Phrases.InName(string.Join(' ', Word().Matches(name).Select(word => word.Value))))
        );
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Help_and_documentation_have_none(string file) =>
        AssertNone(
            File.ReadLines(RepositoryRoot.PathOf(file.Split('/')))
                .SelectMany((line, index) => Phrases.In(line).Select(found => $"{index + 1}: {found}"))
        );

    [Fact]
    public void Help_of_the_cmdlets_has_none() =>
        AssertNone(
            File.ReadLines(Path.Combine(Module, "en-US", "McpRuntime.Cmdlets.dll-Help.xml"))
                .SelectMany(line => Phrases.In(line))
        );

    [Theory]
    [InlineData("This is no OpenAPI document: it has neither 'openapi' nor 'swagger' at its top.")]
    [InlineData("The database cannot be asked; token 7 is believed from before.")]
    [InlineData("Most of the last calls failed, so it is left alone for a while.")]
    [InlineData("Requests a minute of one caller, all at once if it likes")]
    [InlineData("is in 'x', and no request has such a place; it is passed over")]
    public void The_list_finds_what_it_is_for(string text) => Assert.NotEmpty(Phrases.In(text));

    [Theory]
    [InlineData("There is no tool 'x'. Did you mean 'y'?")]
    [InlineData("The vault no longer exists.")]
    [InlineData("A label stands for itself; ${} stands alone.")]
    public void The_list_lets_plain_English_pass(string text) => Assert.Empty(Phrases.In(text));

    private static void AssertNone(IEnumerable<string> found)
    {
        var all = found.ToList();
        Assert.True(all.Count == 0, string.Join('\n', all));
    }

    private static IEnumerable<string> TextFiles()
    {
        string[] files =
        [
            "README.md",
            "CHANGELOG.md",
            "CONTRIBUTING.md",
            "SECURITY.md",
            "CODE_OF_CONDUCT.md",
            ".env.example",
            "McpRuntime.psd1",
        ];
        var page = new[]
        {
            "src/McpRuntime.Http/Page/dist/index.html",
            "schemas/connector.schema.json",
            "McpRuntime.Format.ps1xml",
        };
        return files
            .Concat(page)
            .Select(file => RepositoryRoot.PathOf(file.Split('/')))
            .Concat(
                Directory.EnumerateFiles(
                    RepositoryRoot.PathOf("src", "McpRuntime.Http", "Page", "app", "src"),
                    "*.ts*",
                    SearchOption.AllDirectories
                )
            )
            .Concat(Directory.EnumerateFiles(RepositoryRoot.PathOf("docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(RepositoryRoot.PathOf("deploy"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(RepositoryRoot.PathOf("samples"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(RepositoryRoot.PathOf("en-US"), "*.txt"));
    }

    [GeneratedRegex("[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")]
    private static partial Regex Word();
}
