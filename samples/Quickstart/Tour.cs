using System.Text;
using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Quickstart;

/// <summary>The steps, each shown with what came back.</summary>
internal static class Tour
{
    // The name of the variable follows from connector and security scheme: petshop and shopKey.
    private const string KeyVariable = "MCP_RUNTIME_CREDENTIAL__PETSHOP__SHOPKEY__VALUE";

    public static async Task RunAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        Step("Start a REST API with an OpenAPI document (samples/PetShop)");
        var shopSettings = new Dictionary<string, string?> { ["PETSHOP_API_KEY"] = workplace.ApiKey };
        await using var shop = ChildProcess.Start(workplace.PetShop, ["0"], shopSettings);
        var url = await ReadUrlAsync(shop, cancellationToken);
        Show($"The shop listens on {url} and asks for an API key to write; this run's key is made up.");

        string[] import = ["import", $"{url}/openapi.json", "--name", "petshop", "--allow-private", "--validate"];
        Step($"mcp-runtime {string.Join(' ', import)}");
        Show(await ChildProcess.RunAsync(workplace.McpRuntime, import, workplace.Settings, cancellationToken));

        Step("mcp-runtime serve, with the API key in its environment, and an MCP client connected to it");
        await using var client = await ConnectAsync(workplace, cancellationToken);
        Show($"{client.ServerInfo?.Name} {client.ServerInfo?.Version}, protocol {client.NegotiatedProtocolVersion}");

        Step("tools/list");
        var tools = await client.ListToolsAsync(cancellationToken: cancellationToken);
        Show(string.Join('\n', tools.Select(tool => $"{tool.Name, -14} {(tool.Description ?? "").Split('\n')[0]}")));

        await CallAsync(
            client,
            "list_pets",
            """{"species": "cat", "tag": ["playful"], "pageSize": 5}""",
            cancellationToken
        );
        await CallAsync(
            client,
            "add_pet",
            """{"name": "Lotte", "species": "dog", "priceCents": 45000, "breeder": {"address": {"street": "Am Siel 1", "city": "Husum"}}}""",
            cancellationToken
        );

        Step("The same in VS Code: put this into .vscode/mcp.json, after importing your own API");
        Show(McpJson(workplace));
    }

    private static async Task<string> ReadUrlAsync(ChildProcess shop, CancellationToken cancellationToken)
    {
        const string Prefix = "Listening on ";
        var line = await shop.Out.ReadLineAsync(cancellationToken);
        return line?.StartsWith(Prefix, StringComparison.Ordinal) == true
            ? line[Prefix.Length..]
            : throw new InvalidOperationException("The pet shop did not start.");
    }

    private static Task<McpClient> ConnectAsync(Workplace workplace, CancellationToken cancellationToken)
    {
        var environment = workplace.Settings;
        environment[KeyVariable] = workplace.ApiKey;
        environment["MCP_RUNTIME_LOG_LEVEL"] = "warning";
        var transport = new StdioClientTransport(
            new StdioClientTransportOptions
            {
                Name = "quickstart",
                Command = workplace.McpRuntime,
                Arguments = ["serve"],
                EnvironmentVariables = environment,
                StandardErrorLines = line => Console.Error.WriteLine($"    serve: {line}"),
            }
        );
        return McpClient.CreateAsync(transport, cancellationToken: cancellationToken);
    }

    private static async Task CallAsync(
        McpClient client,
        string tool,
        string arguments,
        CancellationToken cancellationToken
    )
    {
        Step($"tools/call {tool} {arguments}");
        using var document = JsonDocument.Parse(arguments);
        var values = document
            .RootElement.EnumerateObject()
            .ToDictionary(property => property.Name, object? (property) => property.Value.Clone());
        var result = await client.CallToolAsync(tool, values, cancellationToken: cancellationToken);
        var texts = result.Content.OfType<TextContentBlock>().Select(block => block.Text).ToList();
        if (result.IsError == true)
            throw new InvalidOperationException($"{tool} answered with an error: {string.Join('\n', texts)}");
        // The body comes first; response headers that matter, such as Location, follow in a separate block.
        Show(Indented(texts[0]));
        foreach (var text in texts.Skip(1))
            Show(text);
    }

    private static string Indented(string json)
    {
        using var document = JsonDocument.Parse(json);
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
            document.WriteTo(writer);
        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static string McpJson(Workplace workplace) =>
        $$"""
            {
              "servers": {
                "mcp-runtime": {
                  "type": "stdio",
                  "command": "{{JsonEncodedText.Encode(workplace.McpRuntime)}}",
                  "args": ["serve"]
                }
              }
            }
            """;

    private static void Step(string title) => Console.WriteLine($"\n>>> {title}");

    private static void Show(string text)
    {
        foreach (var line in text.TrimEnd().ReplaceLineEndings("\n").Split('\n'))
            Console.WriteLine("    " + line);
    }
}
