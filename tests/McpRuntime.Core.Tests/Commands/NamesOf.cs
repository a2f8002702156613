using McpRuntime.Commands.Naming;
using McpRuntime.Json;
using McpRuntime.Manifests;

namespace McpRuntime.Tests.Commands;

/// <summary>Names of operations that are written as <c>METHOD /path | operationId | summary</c>.</summary>
internal static class NamesOf
{
    internal static Dictionary<string, string> All(params IEnumerable<string> operations) =>
        Of(operations, new Dictionary<string, string>()).Names;

    internal static (Dictionary<string, string> Names, IReadOnlyList<string> Findings) Of(
        IEnumerable<string> operations,
        IReadOnlyDictionary<string, string> recorded,
        IReadOnlyDictionary<string, string>? wishes = null
    )
    {
        var subjects = operations
            .Select(operation => operation.Split(" | "))
            .Select(parts => new NamingSubject(
                Tool(parts, CommandName.TryParse(recorded.GetValueOrDefault(parts[0]))),
                parts.ElementAtOrDefault(1) is { Length: > 0 } id ? id : null,
                CommandName.TryParse(wishes?.GetValueOrDefault(parts[0]))
            ))
            .ToList();
        var named = CommandNaming.Name(subjects);
        return (
            subjects.Zip(named.Commands).ToDictionary(pair => pair.First.Tool.Endpoint, pair => pair.Second.ToString()),
            [.. named.Findings.Select(finding => finding.Message)]
        );
    }

    // Arguments of the path are required.
    private static ToolManifest Tool(string[] parts, CommandName? command)
    {
        Assert.True(EndpointTemplate.TryParse(parts[0], out var endpoint));
        var names = endpoint.PathNames().Distinct().ToList();
        var required = string.Join(',', names.Select(name => $"\"{name}\""));
        var properties = string.Join(',', names.Select(name => $"\"{name}\":true"));
        return new ToolManifest
        {
            Name = "tool",
            Endpoint = parts[0],
            Title = parts.ElementAtOrDefault(2),
            Command = command,
            Arguments = names.ToDictionary(
                name => name,
                name => new ArgumentBinding { In = ArgumentLocation.Path, Name = name }
            ),
            InputSchema = JsonText.Parse(
                $$"""{"type":"object","properties":{ {{properties}} },"required":[{{required}}]}"""
            ),
        };
    }
}
