using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using McpRuntime.Manifests;
using McpRuntime.Testing;
using McpRuntime.Validation;

namespace McpRuntime.Module.Tests.Commands;

/// <summary>
/// In a real pwsh, each command of an API sends what its tool sends for the same values, to the byte, and is described.
/// </summary>
public sealed partial class CommandRequestTests
{
    private const string Script = """
        param($Document, $Url, $Cases, $Name)
        $ErrorActionPreference = 'Stop'
        Import-Module $env:TEST_MODULE
        $made = Import-McpConnector -LiteralPath $Document -Name $Name -Prefix Tst -BaseUrl $Url -ModulePath $env:TEST_MODULES -WarningAction Ignore
        "made=$($made.Path)"
        """;

    private const string Calls = """
        param($Cases, $Name)
        $ErrorActionPreference = 'Stop'
        $WarningPreference = 'Ignore'
        Import-Module $env:TEST_MODULE
        Import-Module (Join-Path $env:TEST_MODULES "McpRuntime.$Name/McpRuntime.$Name.psd1")
        $http = [System.Net.Http.HttpClient]::new()
        foreach ($case in Get-Content -Raw -LiteralPath $Cases | ConvertFrom-Json -AsHashtable -DateKind String) {
            foreach ($file in $case.files) { if ($case.arguments[$file]) { $case.arguments[$file] = Get-Item $case.arguments[$file] } }
            $parameters = $case.parameters
            $byCommand = try { $null = & $case.command @parameters -Confirm:$false -ErrorAction Stop; 'sent' } catch { "$_" }
            $byTool = try { $null = Invoke-McpTool $case.tool $case.arguments -Confirm:$false -ErrorAction Stop; 'sent' } catch { "$_" }
            [pscustomobject]@{ command = $case.command; tool = $case.tool; byCommand = $byCommand; byTool = $byTool } | ConvertTo-Json -Compress
        }
        """;

    // What Get-Command and Get-Help show of each command.
    private const string Descriptions = """
        param($Name)
        $ErrorActionPreference = 'Stop'
        Import-Module $env:TEST_MODULE
        Import-Module (Join-Path $env:TEST_MODULES "McpRuntime.$Name/McpRuntime.$Name.psd1")
        foreach ($command in Get-Command -Module "McpRuntime.$Name") {
            $help = Get-Help $command.Name -Full
            $sets = @($command.ParameterSets)
            $shown = @($help.parameters.parameter.name)
            $missing = $sets.Parameters.Where({ $_.HelpMessage -and $_.Name -notin $shown }).Name
            if (-not $help.Synopsis -or $help.Synopsis -eq $command.Name) { "fault=$($command.Name) has no synopsis" }
            if (-not $help.examples.example) { "fault=$($command.Name) has no example" }
            if ($missing) { "fault=$($command.Name) has no help for $missing" }
            if (@($sets.Where({ $_.IsDefault })).Count -ne 1) { "fault=$($command.Name) has no default set" }
            "seen=$($command.Name)"
        }
        """;

    public static TheoryData<string, string> Documents() =>
        new()
        {
            { "Petshop", "" },
            { "Box", "box.json" },
            { "Github", "@octokit/openapi/generated/api.github.com.json" },
        };

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Each_command_sends_what_its_tool_sends(string name, string document)
    {
        Assert.SkipUnless(
            document.Length == 0 || File.Exists(SampleDocuments.PathOf(document)),
            string.Join(' ', SampleDocuments.Missing)
        );
        var path =
            document.Length == 0
                ? RepositoryRoot.PathOf("samples", "PetShop", "openapi.json")
                : SampleDocuments.PathOf(document);
        using var home = new TemporaryFolder();
        await using var upstream = RecordingUpstream.Start(UpstreamAnswer.Json("{}"));
        var environment = await Pwsh.EnvironmentAsync(home.Path);
        environment["TEST_MODULES"] = home.PathOf("modules");
        environment["MCP_RUNTIME_ALLOWED_NETWORKS"] = "127.0.0.0/8";
        environment["MCP_RUNTIME_CONNECTORS_DIR"] = home.PathOf("connectors");
        var file = home.PathOf("example.txt");
        await File.WriteAllTextAsync(file, "example", TestContext.Current.CancellationToken);

        var made = await RunAsync(
            home,
            Script,
            ["-Document", path, "-Url", upstream.Url.ToString(), "-Name", name.ToLowerInvariant()],
            environment
        );
        var manifest = Assert.Single(made, line => line.StartsWith("made=", StringComparison.Ordinal))[
            "made=".Length..
        ];
        var cases = CommandCases.Of(await WithoutSecurityAsync(manifest), file);
        Assert.NotEmpty(cases);
        await File.WriteAllTextAsync(
            home.PathOf("cases.json"),
            cases.ToJsonString(),
            TestContext.Current.CancellationToken
        );

        var lines = await RunAsync(home, Calls, ["-Cases", home.PathOf("cases.json"), "-Name", name], environment);
        var outcomes = lines.Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(cases.Count, outcomes.Count);
        AssertSame(outcomes, upstream.Requests);

        var described = await RunAsync(home, Descriptions, ["-Name", name], environment);
        Assert.DoesNotContain(described, line => line.StartsWith("fault=", StringComparison.Ordinal));
        Assert.Equal(
            cases.Select(one => (string)one!["command"]!).Distinct().Count(),
            described.Count(line => line.StartsWith("seen=", StringComparison.Ordinal))
        );
    }

    // The requests without credentials are what is compared; there are none here.
    private static async Task<ConnectorManifest> WithoutSecurityAsync(string path)
    {
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var manifest = ManifestReader.Read(bytes, path, strict: false).Manifest!;
        var open = manifest with
        {
            Security = [],
            Tools = [.. manifest.Tools.Select(tool => tool with { Security = null })],
        };
        await File.WriteAllBytesAsync(path, ManifestWriter.ToUtf8(open), TestContext.Current.CancellationToken);
        return open;
    }

    // Each call has an identifier of its own.
    private static string Comparable(string text) => CallId().Replace(text, "");

    [GeneratedRegex("X-Request-ID: [0-9a-f]+|Call [0-9a-f]{12}|-+McpRuntime[0-9a-f]{32}")]
    private static partial Regex CallId();

    // What both send comes in pairs; what one refuses, the other refuses.
    private static void AssertSame(List<JsonNode> outcomes, IReadOnlyList<RecordedRequest> requests)
    {
        var differences = new List<string>();
        var next = 0;
        foreach (var outcome in outcomes)
        {
            var byCommand = Comparable((string)outcome["byCommand"]!);
            var byTool = Comparable((string)outcome["byTool"]!);
            if (byCommand != byTool)
            {
                differences.Add($"{outcome["command"]}: {byCommand} ≠ {byTool}");
                next += (byCommand == "sent" ? 1 : 0) + (byTool == "sent" ? 1 : 0);
            }
            else if (byCommand == "sent")
            {
                if (next + 1 >= requests.Count)
                    differences.Add($"{outcome["command"]}: there are no further requests");
                else if (Comparable(requests[next].Text) != Comparable(requests[next + 1].Text))
                    differences.Add($"{outcome["command"]}:\n{requests[next].Text}\n≠\n{requests[next + 1].Text}");
                next += 2;
            }
        }
        Assert.True(differences.Count == 0, $"{differences.Count}\n{string.Join('\n', differences.Take(20))}");
        Assert.Equal(requests.Count, next);
    }

    private static async Task<IReadOnlyList<string>> RunAsync(
        TemporaryFolder home,
        string script,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?> environment
    )
    {
        var path = home.PathOf($"{Guid.NewGuid():N}.ps1");
        await File.WriteAllTextAsync(path, script, TestContext.Current.CancellationToken);
        var output = await Pwsh.RunAsync(
            home.Path,
            ["-File", path, .. arguments],
            TestContext.Current.CancellationToken,
            environment
        );
        Assert.True(output.ExitCode == 0, output.ToString());
        return output.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
