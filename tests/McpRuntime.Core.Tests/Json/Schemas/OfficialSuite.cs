using System.Text.Json;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Json.Schemas;

/// <summary>
/// The official JSON-Schema-Test-Suite, which is not part of this repository: what <c>JSON_SCHEMA_TEST_SUITE</c> names,
/// <c>tests/external/JSON-Schema-Test-Suite</c>, or <c>shared/json-schema-test-suite</c> next to the checkout.
/// </summary>
internal static class OfficialSuite
{
    public static string? Folder { get; } = Find();

    public static string WhyMissing =>
        "the JSON-Schema-Test-Suite is not there: run tests/external/install.sh, or name its folder in JSON_SCHEMA_TEST_SUITE";

    /// <summary>The suite's <c>remotes</c> under the URIs that its tests use.</summary>
    public static Dictionary<string, JsonElement> Remotes()
    {
        var remotes = new Dictionary<string, JsonElement>();
        var folder = Path.Combine(Folder!, "remotes");
        foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(folder, file).Replace('\\', '/');
            remotes[$"http://localhost:1234/{path}"] = JsonElement.Parse(File.ReadAllBytes(file));
        }

        return remotes;
    }

    private static string? Find()
    {
        var named = Environment.GetEnvironmentVariable("JSON_SCHEMA_TEST_SUITE");
        if (!string.IsNullOrEmpty(named))
            return Directory.Exists(Path.Combine(named, "tests", "draft2020-12")) ? named : null;
        string[] folders =
        [
            RepositoryRoot.PathOf("tests", "external", "JSON-Schema-Test-Suite"),
            Path.GetFullPath(Path.Combine(RepositoryRoot.Path, "..", "shared", "json-schema-test-suite")),
        ];
        return folders.FirstOrDefault(Directory.Exists);
    }
}
