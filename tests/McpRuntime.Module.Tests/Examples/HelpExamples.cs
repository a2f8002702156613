using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Module.Tests.Examples;

/// <summary>What <c>Get-Help</c> shows: examples of cmdlets and scripts, and the commands in topics.</summary>
internal static class HelpExamples
{
    private const string Script = """
        Import-Module $env:TEST_MODULE
        $scripts = Get-ChildItem (Join-Path $env:TEST_ROOT samples) -Recurse -Filter *.ps1
        @(
            foreach ($name in (Get-Command -Module McpRuntime).Name + $scripts.FullName + (Join-Path $env:TEST_ROOT build.ps1)) {
                $number = 0
                foreach ($example in (Get-Help $name -Full).examples.example) {
                    $number++
                    @{ place = "Get-Help $(Split-Path -Leaf $name), example $number"; code = $example.code }
                }
            }
            foreach ($topic in (Get-Help about_Mcp*).Name) {
                # Commands in a topic are indented more than its text.
                $code = @(); $number = 0
                foreach ($line in (Get-Help $topic).Split("`n").TrimEnd() + '') {
                    if ($line -match '^ {8}(?<command>\S.*)$') { $code += $Matches.command }
                    elseif ($line -eq '' -and $code) { $number++; @{ place = "Get-Help $topic, example $number"; code = $code -join "`n" }; $code = @() }
                    elseif ($line) { $code = @() }
                }
            }
        ) | ConvertTo-Json -Compress
        """;

    /// <summary>All of them, as a real PowerShell shows them.</summary>
    public static async Task<IReadOnlyList<Example>> ReadAsync(CancellationToken cancellationToken)
    {
        using var home = new TemporaryFolder();
        var environment = await Pwsh.EnvironmentAsync(home.Path);
        environment["TEST_ROOT"] = RepositoryRoot.Path;
        var output = await Pwsh.RunAsync(home.Path, ["-Command", Script], cancellationToken, environment);
        Assert.True(output.ExitCode == 0, output.ToString());
        return
        [
            .. JsonElement
                .Parse(output.Out)
                .EnumerateArray()
                .Select(example => new Example(
                    example.GetProperty("place").GetString()!,
                    example.GetProperty("code").GetString()!
                )),
        ];
    }
}
