using McpRuntime.Cmdlets.Processes;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.Processes;

public sealed class PowerShellProgramTests : IDisposable
{
    private static readonly string Name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";

    private static readonly ProgramFolders Nowhere = new([], []);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_installed_PowerShell_is_started_by_its_own_executable()
    {
        var executable = _folder.Write($"7/{Name}", "");

        Assert.Equal(executable, PowerShellProgram.ForChild(_folder.PathOf("7"), executable).Executable);
        Assert.Equal(executable, PowerShellProgram.ForEntry(_folder.PathOf("7"), executable, Nowhere).Executable);
    }

    [Fact]
    public void A_child_of_the_dotnet_tool_is_dotnet_with_its_assembly()
    {
        var assembly = _folder.Write("tools/.store/powershell/7.6.9/any/unix/pwsh.dll", "");
        _folder.Write($"tools/{Name}", "");

        var program = PowerShellProgram.ForChild(Path.GetDirectoryName(assembly)!, "/usr/bin/dotnet");

        Assert.Equal("/usr/bin/dotnet", program.Executable);
        Assert.Equal([assembly], program.Arguments);
    }

    [Fact]
    public void The_entry_of_the_dotnet_tool_names_its_launcher_which_updates_keep()
    {
        var assembly = _folder.Write("tools/.store/powershell/7.6.9/any/unix/pwsh.dll", "");
        var launcher = _folder.Write($"tools/{Name}", "");

        var program = PowerShellProgram.ForEntry(Path.GetDirectoryName(assembly)!, "/usr/bin/dotnet", Nowhere);

        Assert.Equal(launcher, program.Executable);
        Assert.Empty(program.Arguments);
    }

    [Fact]
    public void The_entry_of_a_local_tool_which_has_no_launcher_is_dotnet_with_its_assembly()
    {
        var assembly = _folder.Write("packages/powershell/7.6.9/any/unix/pwsh.dll", "");

        Assert.Equal(
            [assembly],
            PowerShellProgram.ForEntry(Path.GetDirectoryName(assembly)!, "/usr/bin/dotnet", Nowhere).Arguments
        );
    }

    [Fact]
    public void The_entry_says_pwsh_where_that_is_this_PowerShell()
    {
        var executable = _folder.Write($"7/{Name}", "");
        var link = _folder.PathOf("bin", Name);
        Directory.CreateDirectory(_folder.PathOf("bin"));
        File.CreateSymbolicLink(link, executable);
        var other = _folder.Write($"other/{Name}", "");

        Assert.Equal(
            "pwsh",
            Entry(search: [_folder.PathOf("bin"), Path.GetDirectoryName(other)!], shared: [_folder.PathOf("bin")])
        );
        // An update changes the link; but only some programs find it by its name.
        Assert.Equal(link, Entry(search: [_folder.PathOf("bin")], shared: []));
        Assert.Equal(
            executable,
            Entry(search: [Path.GetDirectoryName(other)!, _folder.PathOf("bin")], shared: [_folder.PathOf("bin")])
        );

        string Entry(string[] search, string[] shared) =>
            PowerShellProgram.ForEntry(_folder.PathOf("7"), executable, new ProgramFolders(search, shared)).Executable;
    }

    [Fact]
    public void A_program_that_hosts_PowerShell_is_not_taken_for_it()
    {
        _folder.Write("host/app.exe", "");

        var program = PowerShellProgram.ForChild(_folder.PathOf("host"), _folder.PathOf("host", "app.exe"));

        Assert.Equal(Name, program.Executable);
        Assert.Empty(program.Arguments);
    }
}
