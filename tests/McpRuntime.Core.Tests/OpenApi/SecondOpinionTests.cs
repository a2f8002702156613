using McpRuntime.Configuration;
using McpRuntime.Documents;
using McpRuntime.Manifests;
using McpRuntime.Testing;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace McpRuntime.Tests.OpenApi;

/// <summary>
/// The same documents through Microsoft.OpenApi: the same operations, parameters, security and servers.
/// </summary>
public class SecondOpinionTests
{
    [Theory]
    [MemberData(nameof(SpecFiles.All), MemberType = typeof(SpecFiles))]
    public async Task The_projection_agrees_with_Microsoft_OpenApi(string name)
    {
        var path = SpecFiles.Find(name);
        Assert.SkipWhen(SampleDocuments.IsOfSeveralFiles(name), "It would have to read files of its own accord.");
        var loader = new DocumentLoader(new DocumentLimits());
        using var document = await loader.LoadAsync(
            new DocumentSource.FromFile(path),
            TestContext.Current.CancellationToken
        );
        var result = await SpecFiles.ImportAsync(name);
        using var stream = new MemoryStream(document.JsonUtf8.ToArray());
        var other = OpenApiModelFactory
            .Load(stream, "json", new OpenApiReaderSettings { RuleSet = new ValidationRuleSet() })
            .Document!;

        var tools = result.Manifest!.Tools.ToDictionary(tool => tool.Endpoint);
        var differences = new List<string>();
        foreach (var (template, item) in other.Paths)
        {
            foreach (var (method, operation) in item.Operations ?? [])
            {
                // Explained: a query that is written in a path is sent as a query, and is not part of the endpoint.
                if (template.IndexOf('?', StringComparison.Ordinal) is var query and >= 0)
                {
                    foreach (
                        var endpoint in tools
                            .Keys.Where(endpoint =>
                                endpoint.StartsWith($"{method} {template[..query]}", StringComparison.Ordinal)
                            )
                            .ToList()
                    )
                        tools.Remove(endpoint);
                    continue;
                }
                if (!tools.Remove($"{method} {template}", out var tool))
                    differences.Add($"{method} {template} is no tool");
                else
                    differences.AddRange(
                        Compare(tool, item, operation).Select(difference => $"{method} {template}: {difference}")
                    );
            }
        }
        differences.AddRange(tools.Keys.Select(endpoint => $"{endpoint} is unknown to Microsoft.OpenApi"));
        Assert.True(differences.Count == 0, string.Join('\n', differences));
        var schemes = other.Components?.SecuritySchemes?.Keys ?? [];
        Assert.Empty(result.Manifest.SecuritySchemes.Keys.Except(schemes));
        // Explained: authentication that no fixed value serves, such as AWS signatures, is left out, with a finding.
        Assert.All(schemes.Except(result.Manifest.SecuritySchemes.Keys), name =>
            Assert.Contains(result.Findings, finding =>
                finding.RuleId == "security-scheme" && finding.Message.Contains($"'{name}'", StringComparison.Ordinal)
            )
        );
    }

    private static IEnumerable<string> Compare(ToolManifest tool, IOpenApiPathItem item, OpenApiOperation operation)
    {
        var expected = (item.Parameters ?? [])
            .Concat(operation.Parameters ?? [])
            // Explained: credentials and media types are no arguments (OpenAPI 3.2 section 4.12.1).
            // So is a parameter without a name.
            .Where(parameter => !string.IsNullOrEmpty(parameter.Name))
            .Where(parameter =>
                parameter.In != ParameterLocation.Header
                || parameter.Name?.ToLowerInvariant() is not ("accept" or "content-type" or "authorization")
            )
            .Select(parameter => $"{parameter.In?.ToString().ToLowerInvariant()} {parameter.Name}")
            .ToHashSet();
        var actual = tool.Arguments!.Values.Where(binding => binding.In != ArgumentLocation.Body)
            .Select(binding => $"{binding.In.ToString().ToLowerInvariant()} {binding.Name}")
            // Explained: one allowed value is filled in.
            .Concat(
                tool.Fixed.Where(value => value.In != ArgumentLocation.Body)
                    .Select(value => $"{value.In.ToString().ToLowerInvariant()} {value.Name}")
            )
            .ToHashSet();
        // Explained: the sign-in sends its token.
        foreach (var missing in expected.Except(actual).Where(parameter => !IsToken(parameter)))
            yield return $"no {missing}";
        // Explained: what is in the path but in no parameter is assumed.
        foreach (
            var added in actual
                .Except(expected)
                .Where(parameter => !parameter.StartsWith("path ", StringComparison.Ordinal))
        )
            yield return $"extra {added}";
        if (operation.Security is { } needs && needs.Count != (tool.Security?.Count ?? -1))
            yield return $"{needs.Count} security requirements and not {tool.Security?.Count}";
        // Explained: it passes over the body parameter of a path item (OpenAPI 2.0), which holds for all its
        // operations.
        if (operation.RequestBody is not null && tool.Body is null)
            yield return "no body";

        bool IsToken(string parameter) =>
            parameter.Split(' ')[1] is "token" or "access_token" or "oauth_token"
            && (tool.Security is null || tool.Security.Count > 0);
    }
}
