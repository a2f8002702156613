namespace McpRuntime.Module.Tests.Examples;

/// <summary>The lines of examples that no test can run, each with its reason.</summary>
internal static class NotRun
{
    public static IReadOnlyDictionary<string, string> Lines { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["dotnet run --project samples/Quickstart"] = "Builds the repository; QuickstartTests run what it builds.",
            ["dotnet pack"] = "Packs the console, which takes a minute; eng/release.ps1 does and installs the package.",
            ["dotnet tool install"] = "Installs what was packed; ToolPackageTests do so in an empty home.",
            ["dotnet test"] = "Is this test run.",
            ["./build.ps1"] = "Builds the module, which takes minutes; eng/release.ps1 does it.",
            ["Install-PSResource"] =
                "Downloads from the PowerShell Gallery; ModulePackageTests install from one on this machine.",
            ["Register-SecretVault SecretStore"] = "Needs the module SecretStore, which no registry of .NET has.",
            ["Set-SecretStoreConfiguration"] = "Needs the module SecretStore, which no registry of .NET has.",
            ["$env:PETSHOP_API_KEY = 'secret'; dotnet run"] =
                "Builds the repository and runs until it is stopped; the test starts the built shop.",
            ["PETSHOP_API_KEY=secret dotnet run"] =
                "Builds the repository and runs until it is stopped; the test starts the built shop.",
            ["Connect-McpConnector"] = "Needs a provider and a browser; Pester has a stand-in for both.",
            ["Disconnect-McpConnector"] = "Ends a sign-in, which needs a browser; Pester has a stand-in.",
            ["Invoke-McpTool list_issues"] =
                "The API of the examples answers any page with the same; Pester reads lists with pages.",
            ["Invoke-McpTool export"] = "The API of the examples answers at once; Pester waits for operations.",
        };

    /// <summary>The example without such lines; empty where nothing is left.</summary>
    public static Example Without(Example example) =>
        example with
        {
            Code = string.Join(
                '\n',
                example
                    .Code.Split('\n')
                    .Where(line => !Lines.Keys.Any(start => line.StartsWith(start, StringComparison.Ordinal)))
            ),
        };
}
