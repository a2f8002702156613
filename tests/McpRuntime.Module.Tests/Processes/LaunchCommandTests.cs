using McpRuntime.Cmdlets.Processes;

namespace McpRuntime.Module.Tests.Processes;

public class LaunchCommandTests
{
    [Fact]
    public void The_server_is_started_by_four_arguments() =>
        Assert.Equal(
            [
                "-NoProfile",
                "-NonInteractive",
                "-Command",
                "Import-Module '/m/McpRuntime.psd1'; Start-McpRuntime -Transport Stdio -Wait",
            ],
            LaunchCommand
                .For(new PowerShellProgram("/usr/bin/pwsh", []), "/m/McpRuntime.psd1", null, new LaunchOptions())
                .Arguments
        );

    [Fact]
    public void What_starts_PowerShell_comes_first()
    {
        var command = LaunchCommand.For(
            new PowerShellProgram("/usr/bin/dotnet", ["/p/pwsh.dll"]),
            "/m.psd1",
            null,
            new LaunchOptions()
        );

        Assert.Equal("/usr/bin/dotnet", command.Executable);
        Assert.Equal(["/p/pwsh.dll", "-NoProfile"], command.Arguments.Take(2));
    }

    [Fact]
    public void Options_become_parameters()
    {
        var options = new LaunchOptions
        {
            ConnectorPath = "/c d",
            HotReload = true,
            ReadOnly = true,
            Tools = ["get_*", "list*"],
        };

        Assert.EndsWith(
            " -ConnectorPath '/c d' -HotReload -ReadOnly -Tool 'get_*','list*'",
            LaunchCommand.For(new PowerShellProgram("pwsh", []), "/m.psd1", null, options).Arguments[^1],
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("it's", "'it''s'")]
    [InlineData("it\u2019s \u2018so\u201b", "'it\u2019\u2019s \u2018\u2018so\u201b\u201b'")]
    public void Quotes_of_every_kind_cannot_end_the_path(string path, string quoted) =>
        Assert.Contains(
            $"Import-Module {quoted};",
            LaunchCommand.For(new PowerShellProgram("pwsh", []), path, null, new LaunchOptions()).Arguments[^1],
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("/a/$input/m.psd1", null)]
    [InlineData("/a/${workspaceFolder}/m.psd1", "${")]
    [InlineData("/a/$HOME/m.psd1", "$")]
    public void What_pwsh_or_the_client_would_read_differently_is_refused(string path, string? expands) =>
        Assert.Throws<McpRuntimeException>(() =>
            LaunchCommand.For(new PowerShellProgram("pwsh", []), path, expands, new LaunchOptions())
        );

    [Fact]
    public void What_the_client_does_not_replace_is_part_of_a_path() =>
        Assert.Contains(
            "'/a/$HOME/m.psd1'",
            LaunchCommand
                .For(new PowerShellProgram("pwsh", []), "/a/$HOME/m.psd1", "${", new LaunchOptions())
                .Arguments[^1],
            StringComparison.Ordinal
        );

    [Fact]
    public void A_module_that_is_found_by_name_is_named() =>
        Assert.StartsWith(
            "Import-Module McpRuntime; ",
            LaunchCommand.For(new PowerShellProgram("pwsh", []), "McpRuntime", null, new LaunchOptions()).Arguments[^1],
            StringComparison.Ordinal
        );
}
