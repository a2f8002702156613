using McpRuntime.Cmdlets.Processes;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.Processes;

public sealed class InstalledModuleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("user/McpRuntime/0.2.0", true)]
    [InlineData("user/McpRuntime/0.1.0", false)]
    [InlineData("shared/McpRuntime/0.3.0", false)]
    [InlineData("elsewhere/McpRuntime", false)]
    public void The_highest_version_of_the_first_folder_is_found_by_name(string module, bool isFound)
    {
        foreach (
            var installed in (string[])
                ["user/McpRuntime/0.1.0", "user/McpRuntime/0.2.0", "shared/McpRuntime/0.3.0", "elsewhere/McpRuntime"]
        )
            _folder.Write($"{installed}/McpRuntime.psd1", "");
        // Left over, or something else: it has no module.
        Directory.CreateDirectory(_folder.PathOf("user", "McpRuntime", "9.0.0"));
        _folder.Write("user/McpRuntime/notes/McpRuntime.psd1", "");

        Assert.Equal(
            isFound,
            InstalledModule.IsFoundByName(
                _folder.PathOf(module.Split('/')),
                [_folder.PathOf("none"), _folder.PathOf("user"), _folder.PathOf("shared")]
            )
        );
    }

    [Fact]
    public void A_module_without_a_folder_of_its_version_is_found_too()
    {
        _folder.Write("user/McpRuntime/McpRuntime.psd1", "");

        Assert.True(InstalledModule.IsFoundByName(_folder.PathOf("user", "McpRuntime"), [_folder.PathOf("user")]));
    }
}
