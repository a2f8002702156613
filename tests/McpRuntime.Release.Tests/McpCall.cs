using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Release.Tests;

/// <summary>What a client of the C# SDK got from a server that it started.</summary>
/// <param name="Server">The server's name and version, if it told them.</param>
/// <param name="Tools">Names of the listed tools.</param>
/// <param name="Answer">Text of the answer to the call.</param>
internal sealed record McpCall(Implementation? Server, IReadOnlyList<string> Tools, string Answer)
{
    /// <summary>Starts a server by its command in a place, lists its tools and calls one.</summary>
    public static async Task<McpCall> SendAsync(
        EmptyPlace place,
        string command,
        IEnumerable<string> arguments,
        string tool,
        IReadOnlyDictionary<string, object?> toolArguments
    )
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var transport = new StdioClientTransport(
            new StdioClientTransportOptions
            {
                Command = Path.IsPathRooted(command) ? command : place.Find(command),
                Arguments = [.. arguments],
                WorkingDirectory = place.Path,
                EnvironmentVariables = new Dictionary<string, string?>(place.Variables),
            }
        );
        await using var client = await McpClient.CreateAsync(transport, cancellationToken: cancellationToken);
        var tools = await client.ListToolsAsync(cancellationToken: cancellationToken);
        var result = await client.CallToolAsync(tool, toolArguments, cancellationToken: cancellationToken);
        var text = string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));
        Assert.False(result.IsError ?? false, $"{tool}: {text}");
        return new McpCall(client.ServerInfo, [.. tools.Select(listed => listed.Name)], text);
    }

    /// <summary>The answer as JSON.</summary>
    public JsonElement Json => JsonElement.Parse(Answer);
}
