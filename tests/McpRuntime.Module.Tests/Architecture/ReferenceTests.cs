using McpRuntime.Cmdlets.Shell;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.Architecture;

/// <summary>What the PowerShell face may know (docs/design.md).</summary>
public class ReferenceTests
{
    private static readonly string Sources = RepositoryRoot.PathOf("src", "McpRuntime.Cmdlets");

    [Theory]
    [InlineData("McpRuntime.Http")]
    [InlineData("Microsoft.AspNetCore")]
    [InlineData("System.Console")]
    [InlineData("YamlDotNet")]
    [InlineData("Microsoft.OpenApi")]
    public void The_cmdlets_know_nothing_of(string prefix) =>
        Assert.DoesNotContain(typeof(ErrorId).Assembly.GetReferencedAssemblies(), reference =>
            reference.Name!.StartsWith(prefix, StringComparison.Ordinal)
        );

    // Comments and texts for people may name it; commands may not.
    [Fact]
    public void One_class_asks_SecretManagement() =>
        Assert.Equal(
            ["SecretVault.cs"],
            Directory
                .EnumerateFiles(Sources, "*.cs", SearchOption.AllDirectories)
                .Where(file =>
                    !file.Contains(
                        $"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}",
                        StringComparison.Ordinal
                    )
                )
                .Where(file =>
                    File.ReadAllText(file).Contains(@"Microsoft.PowerShell.SecretManagement\", StringComparison.Ordinal)
                )
                .Select(file => Path.GetFileName(file))
        );

    // McpCmdlet.Confirm says how to go on where PowerShell would ask and nobody can answer.
    [Fact]
    public void One_class_asks_for_confirmation() =>
        Assert.Equal(
            ["McpCmdlet.cs"],
            Directory
                .EnumerateFiles(Sources, "*.cs", SearchOption.AllDirectories)
                .Where(file =>
                    !file.Contains(
                        $"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}",
                        StringComparison.Ordinal
                    )
                )
                .Where(file => File.ReadAllText(file).Contains(" ShouldProcess(", StringComparison.Ordinal))
                .Select(file => Path.GetFileName(file))
        );

    // The module's load context would load it beside PowerShell's own, and a call that hands one the other's types
    // fails.
    [Fact]
    public void The_module_ships_no_assembly_of_the_runtime()
    {
        var own = Directory
            .EnumerateFiles(Path.Combine(Path.GetDirectoryName(Pwsh.StagedModule)!, "bin"), "*.dll")
            .Select(Path.GetFileName)
            .ToList();
        var runtime = Directory
            .EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll")
            .Select(Path.GetFileName);

        Assert.Contains("McpRuntime.Core.dll", own);
        Assert.Empty(own.Intersect(runtime));
    }

    [Fact]
    public void Every_error_id_is_used_and_documented_by_its_name()
    {
        var text = string.Join(
            '\n',
            Directory
                .EnumerateFiles(Sources, "*.cs", SearchOption.AllDirectories)
                .Where(file => Path.GetFileName(file) != "ErrorId.cs")
                .Select(File.ReadAllText)
        );
        var unused = typeof(ErrorId)
            .GetFields()
            .Select(field => field.Name)
            .Where(name => !text.Contains($"ErrorId.{name}", StringComparison.Ordinal));
        Assert.Empty(unused);
    }
}
