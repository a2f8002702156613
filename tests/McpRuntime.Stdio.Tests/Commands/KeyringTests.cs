using System.Text;
using McpRuntime.Testing;

namespace McpRuntime.Stdio.Tests.Commands;

/// <summary>The console with a real keyring: GNOME Keyring in a D-Bus session of its own, by libsecret.</summary>
public sealed class KeyringTests : IDisposable
{
    private const string Secret = "s3cret-of-the-keyring";

    private readonly TemporaryFolder _home = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_credential_is_kept_in_the_keyring_and_in_no_file_in_the_clear()
    {
        var output = await RunAsync(
            """
            printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null
            "$1" credentials set notes || exit 10
            "$1" credentials check || exit 11
            """
        );

        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.Contains("'key' of 'notes' in the keyring", output.Error, StringComparison.Ordinal);
        Assert.Contains("value from the keyring", output.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, output.ToString(), StringComparison.Ordinal);
        Assert.All(_home.Files(), file =>
            Assert.DoesNotContain(Secret, File.ReadAllText(_home.PathOf(file)), StringComparison.Ordinal)
        );
        Assert.False(Directory.Exists(_home.PathOf("data", "secrets")));
    }

    [Fact]
    public async Task A_removed_credential_is_gone_from_the_keyring()
    {
        var output = await RunAsync(
            """
            printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null
            "$1" credentials set notes || exit 10
            "$1" credentials remove notes || exit 11
            "$1" credentials check && exit 12
            "$1" credentials remove notes && exit 13
            exit 0
            """
        );

        Assert.True(output.ExitCode == 0, output.ToString());
        Assert.Contains("Removed 'key' of 'notes' from the keyring", output.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_keyring_that_no_one_can_unlock_is_an_error_with_the_way_out()
    {
        var output = await RunAsync(
            """
            gnome-keyring-daemon --start --components=secrets >/dev/null
            "$1" credentials set notes
            """
        );

        Assert.True(output.ExitCode == 1, output.ToString());
        Assert.Contains("MCP_RUNTIME_CREDENTIAL_STORE=file", output.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, output.ToString(), StringComparison.Ordinal);
    }

    private Task<ProcessOutput> RunAsync(string script)
    {
        Assert.SkipUnless(
            File.Exists("/usr/bin/dbus-run-session") && File.Exists("/usr/bin/gnome-keyring-daemon"),
            "dbus-run-session and gnome-keyring-daemon are not installed."
        );
        _home.Write("connectors/notes.yaml", Documents.Manifest("notes", "https://notes.example"));
        return ProcessRunner.RunAsync(
            "/usr/bin/dbus-run-session",
            ["--", "/bin/bash", "-c", script, "bash", McpRuntimeProcess.Executable],
            new Dictionary<string, string?>
            {
                ["HOME"] = _home.Path,
                ["XDG_DATA_HOME"] = null,
                ["XDG_RUNTIME_DIR"] = null,
                ["DISPLAY"] = null,
                ["MCP_RUNTIME_CREDENTIAL_STORE"] = "keyring",
                ["MCP_RUNTIME_DATA_DIR"] = _home.PathOf("data"),
                ["MCP_RUNTIME_CONNECTORS_DIR"] = _home.PathOf("connectors"),
            },
            Encoding.UTF8.GetBytes(Secret),
            _home.Path,
            cancellationToken: Token
        );
    }
}
