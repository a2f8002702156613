using System.Diagnostics;
using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.Clients;

/// <summary>
/// The command line that Register-McpClient writes, started as a client starts it: a pwsh whose vault writes to the
/// host, to the console and through a native program that would read the client's messages.
/// </summary>
public sealed class VsCodeEntryTests : IDisposable
{
    private const string NoisyVault = """
        function Get-Secret {
            param($Name, $VaultName, $AdditionalParameters)
            Write-Host 'host'
            [Console]::WriteLine('console')
            Write-Warning 'warning'
            Write-Information 'information' -InformationAction Continue
            $null = head -n1
            printf 'native\n' | Out-Host
            Get-Content (Join-Path $AdditionalParameters.Folder $Name) | ConvertTo-SecureString -AsPlainText
        }
        function Set-Secret {
            param($Name, $Secret, $VaultName, $AdditionalParameters)
            ConvertFrom-SecureString $Secret -AsPlainText | Set-Content (Join-Path $AdditionalParameters.Folder $Name)
        }
        function Remove-Secret { param($Name, $VaultName, $AdditionalParameters) Remove-Item (Join-Path $AdditionalParameters.Folder $Name) }
        function Get-SecretInfo { param($Filter, $VaultName, $AdditionalParameters) }
        function Test-SecretVault { param($VaultName, $AdditionalParameters) $true }
        """;

    private readonly TemporaryFolder _home = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Only_messages_reach_the_client_whatever_the_vault_writes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The noisy vault calls head and printf.");
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Json("""{"ok":true}"""));
        var entry = await PrepareAsync(upstream.Url, "noisy-1");
        using var process = await StartAsync(entry);
        var log = process.StandardError.ReadToEndAsync(Cancellation);

        var hello = await AskAsync(
            process,
            """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}"""
        );
        Assert.Equal(0, hello.GetProperty("id").GetInt32());
        // Sent at once, so that some wait in the pipe while the vault's native program reads what it can.
        await SendAsync(process, """{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        for (var id = 1; id <= 3; id++)
            await SendAsync(process, Call(id));
        await SendAsync(process, """{"jsonrpc":"2.0","id":"last","method":"tools/list"}""");
        var answers = new List<JsonElement>();
        while (answers.Count < 4)
            answers.Add(await ReceiveAsync(process));
        process.StandardInput.Close();
        var rest = await process
            .StandardOutput.ReadToEndAsync(Cancellation)
            .WaitAsync(ProcessRunner.HangGuard, Cancellation);
        await process.WaitForExitAsync(Cancellation).WaitAsync(ProcessRunner.HangGuard, Cancellation);

        Assert.Equal(
            ["1", "2", "3", "last"],
            answers.Select(answer => answer.GetProperty("id").ToString()).Order(StringComparer.Ordinal)
        );
        Assert.All(answers, answer =>
            Assert.False(
                answer.GetProperty("result").TryGetProperty("isError", out var error) && error.GetBoolean(),
                answer.ToString()
            )
        );
        Assert.All(upstream.Requests, request => Assert.Equal("noisy-1", request.Header("X-Key").Single()));
        Assert.Equal(3, upstream.Requests.Count);
        Assert.Empty(rest);
        Assert.Equal(0, process.ExitCode);
        Assert.Contains("console", await log, StringComparison.Ordinal);
        Assert.DoesNotContain("noisy-1", await log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_locked_vault_is_an_answer_that_says_how_to_unlock_it()
    {
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Json("{}"));
        var entry = await PrepareAsync(upstream.Url, "k", lockedStore: true);
        using var process = await StartAsync(entry);
        _ = process.StandardError.ReadToEndAsync(Cancellation);

        await AskAsync(
            process,
            """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}"""
        );
        var answer = await AskAsync(process, Call(1));

        var result = answer.GetProperty("result");
        Assert.True(result.GetProperty("isError").GetBoolean());
        Assert.Contains(
            "Unlock-SecretVault -Name 'Store'",
            result.GetProperty("content")[0].GetProperty("text").GetString(),
            StringComparison.Ordinal
        );
        Assert.Empty(upstream.Requests);
        process.Kill(entireProcessTree: true);
    }

    [Fact]
    public async Task Killing_the_session_ends_its_servers()
    {
        using var session = await Pwsh.StartAsync(
            _home.Path,
            [
                "-Command",
                "Import-Module $env:TEST_MODULE; (Start-McpRuntime -Transport Stdio).ProcessId; Start-Sleep 600",
            ]
        );
        using var server = Process.GetProcessById(
            int.Parse(
                (
                    await session
                        .StandardOutput.ReadLineAsync(Cancellation)
                        .AsTask()
                        .WaitAsync(ProcessRunner.HangGuard, Cancellation)
                )!,
                System.Globalization.CultureInfo.InvariantCulture
            )
        );

        session.Kill(entireProcessTree: false);

        await server.WaitForExitAsync(Cancellation).WaitAsync(ProcessRunner.HangGuard, Cancellation);
        Assert.True(server.HasExited);
    }

    // Registers the vault, sets the credential and writes the client's entry; returns the entry.
    private async Task<JsonElement> PrepareAsync(Uri api, string key, bool lockedStore = false)
    {
        _home.Write(
            "vaults/Noisy/Noisy.psd1",
            "@{ ModuleVersion = '1.0'; NestedModules = @('./Noisy.Extension'); FunctionsToExport = @() }"
        );
        _home.Write(
            "vaults/Noisy/Noisy.Extension/Noisy.Extension.psd1",
            "@{ ModuleVersion = '1.0'; RootModule = 'Noisy.Extension.psm1'; FunctionsToExport = '*-Secret*' }"
        );
        _home.Write("vaults/Noisy/Noisy.Extension/Noisy.Extension.psm1", NoisyVault);
        _home.Write("secrets/.keep", "");
        var vault = lockedStore
            ? "New-TestVault"
            : "Register-SecretVault -Name Noisy -ModuleName (Join-Path $HOME vaults Noisy) -VaultParameters @{ Folder = (Join-Path $HOME secrets) } -DefaultVault";
        var afterwards = lockedStore ? "Lock-TestVault" : "";
        var script = _home.Write(
            "prepare.ps1",
            $$"""
            $ErrorActionPreference = 'Stop'
            . '{{RepositoryRoot.PathOf("tests", "pester", "Common.ps1")}}'
            {{vault}}
            $null = New-TestConnector petstore -BaseUrl '{{api.AbsoluteUri.TrimEnd('/')}}'
            Set-McpCredential petstore -ApiKey (ConvertTo-SecureString -AsPlainText '{{key}}')
            {{afterwards}}
            $null = Register-McpClient -ConfigurationPath (Join-Path $HOME mcp.json)
            """
        );
        var output = await Pwsh.RunAsync(
            _home.Path,
            ["-Command", $"$TestDrive = '{_home.Path}'; . '{script}'"],
            Cancellation
        );
        Assert.True(output.ExitCode == 0, output.ToString());
        var text = await File.ReadAllTextAsync(_home.PathOf("mcp.json"), Cancellation);
        return JsonElement.Parse(text).GetProperty("servers").GetProperty("mcp-runtime");
    }

    private async Task<Process> StartAsync(JsonElement entry)
    {
        var environment = await Pwsh.EnvironmentAsync(_home.Path);
        environment["MCP_RUNTIME_CONNECTORS_DIR"] = _home.PathOf("connectors");
        environment["MCP_RUNTIME_DATA_DIR"] = _home.PathOf("data");
        environment["MCP_RUNTIME_CACHE_DIR"] = _home.PathOf("cache");
        environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.0/8";
        // A client sets none of these.
        environment["NO_COLOR"] = null;
        return ProcessRunner.Start(
            entry.GetProperty("command").GetString()!,
            entry.GetProperty("args").EnumerateArray().Select(argument => argument.GetString()!),
            environment,
            _home.Path
        );
    }

    private static string Call(int id) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $$"""{"jsonrpc":"2.0","id":{{id}},"method":"tools/call","params":{"name":"add_pet","arguments":{"name":"Rex"} } }"""
        );

    private static async Task SendAsync(Process process, string line)
    {
        await process.StandardInput.WriteAsync((line + "\n").AsMemory(), Cancellation);
        await process.StandardInput.FlushAsync(Cancellation);
    }

    // A line that is no JSON fails here.
    private static async Task<JsonElement> ReceiveAsync(Process process)
    {
        var line = await process
            .StandardOutput.ReadLineAsync(Cancellation)
            .AsTask()
            .WaitAsync(ProcessRunner.HangGuard, Cancellation);
        return JsonElement.Parse(line ?? throw new EndOfStreamException("The server ended."));
    }

    private static async Task<JsonElement> AskAsync(Process process, string line)
    {
        await SendAsync(process, line);
        return await ReceiveAsync(process);
    }
}
