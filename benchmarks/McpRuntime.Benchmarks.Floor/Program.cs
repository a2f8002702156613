using McpRuntime.Benchmarks.Floor;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

// What McpRuntime is measured against: the least that does the same.
switch (args)
{
    case ["sdk"]:
        await ServeAsync(new McpServerOptions());
        break;
    case ["sdk-tools", var count]:
        var tools = SampleTools.Create(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
        await ServeAsync(
            new McpServerOptions
            {
                Handlers = new McpServerHandlers
                {
                    ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult { Tools = tools }),
                },
            }
        );
        break;
    case ["bytes", var file]:
        WriteForEveryLine(File.ReadAllBytes(file));
        break;
    case ["proxy", var api]:
        using (var loop = new ProxyLoop(new Uri(api)))
            loop.Run();
        break;
    default:
        Console.Error.WriteLine("mcp-runtime-floor sdk | sdk-tools COUNT | bytes FILE | proxy API");
        return 2;
}
return 0;

static async Task ServeAsync(McpServerOptions options)
{
    options.ServerInfo = new Implementation { Name = "floor", Version = "1" };
    await using var transport = new StdioServerTransport("floor");
    await using var server = McpServer.Create(transport, options);
    await server.RunAsync();
}

static void WriteForEveryLine(byte[] bytes)
{
    using var input = Console.OpenStandardInput();
    using var output = Console.OpenStandardOutput();
    var buffer = new byte[4096];
    for (int read; (read = input.Read(buffer)) > 0; )
    {
        for (var lines = buffer.AsSpan(0, read).Count((byte)'\n'); lines > 0; lines--)
            output.Write(bytes);
    }
}
