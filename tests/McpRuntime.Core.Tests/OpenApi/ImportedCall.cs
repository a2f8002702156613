using McpRuntime.Manifests;
using McpRuntime.Testing;
using McpRuntime.Tests.Calls;
using McpRuntime.Validation;

namespace McpRuntime.Tests.OpenApi;

/// <summary>From a document to the bytes of a request: what a user does, in one step.</summary>
internal static class ImportedCall
{
    /// <summary>Imports a document, calls a tool against a recording server, and gives the request.</summary>
    internal static async Task<RecordedRequest> SendAsync(string document, string tool, string arguments)
    {
        var result = await Importing.ImportAsync(document);
        Assert.True(result.Manifest is not null, string.Join('\n', result.Findings));
        // As it comes back from the file that it is written to.
        var read = ManifestReader.Read(ManifestWriter.ToUtf8(result.Manifest), "m.yaml");
        Assert.True(read.IsValid, string.Join('\n', read.Findings));
        var manifest = read.Manifest!;
        await using var bench = CallBench.Start();
        bench.Connector = manifest with { BaseUrl = "" };
        return await bench.SendAsync(
            manifest.Tools.Single(candidate => candidate.Name == tool) with
            {
                Server = null,
            },
            arguments
        );
    }
}
