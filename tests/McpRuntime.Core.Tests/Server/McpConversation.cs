using System.IO.Pipes;
using System.Text;
using System.Text.Json;
using McpRuntime.Server;
using McpRuntime.Server.Shaping;
using McpRuntime.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpRuntime.Tests.Server;

/// <summary>A client of raw lines on real pipes: what goes in and comes out is what is on the wire.</summary>
internal sealed class McpConversation : IAsyncDisposable
{
    public const string PerRequestMeta =
        """{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"}}""";

    private static readonly TimeSpan HangGuard = ProcessRunner.HangGuard;

    private readonly AnonymousPipeServerStream _toServer = new(PipeDirection.Out);
    private readonly AnonymousPipeServerStream _fromServer = new(PipeDirection.In);
    private readonly StreamReader _reader;
    private readonly CancellationTokenSource _stop = new();
    private readonly ToolServer _server;

    public McpConversation(
        IToolSource source,
        IToolInvoker? invoker = null,
        StreamSession? session = null,
        ILoggerFactory? loggers = null,
        ModelAnswers? answers = null
    )
    {
        loggers ??= NullLoggerFactory.Instance;
        _server = new ToolServer(source, invoker ?? new DelegateInvoker(), loggers, answers);
        _reader = new StreamReader(_fromServer, Encoding.UTF8);
        var input = new AnonymousPipeClientStream(PipeDirection.In, _toServer.ClientSafePipeHandle);
        var output = new AnonymousPipeClientStream(PipeDirection.Out, _fromServer.ClientSafePipeHandle);
        Completion = RunAsync(session ?? new StreamSession(), input, output, loggers);
    }

    public Task Completion { get; }

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>A conversation that has agreed on a revision before 2026-07-28.</summary>
    public static async Task<McpConversation> InitializedAsync(
        IToolSource source,
        IToolInvoker? invoker = null,
        string revision = "2025-11-25",
        StreamSession? session = null,
        ModelAnswers? answers = null
    )
    {
        var conversation = new McpConversation(source, invoker, session, answers: answers);
        var answer = await conversation.AskAsync(
            $$$"""{"jsonrpc":"2.0","id":"init","method":"initialize","params":{"protocolVersion":"{{{revision}}}","capabilities":{},"clientInfo":{"name":"test","version":"1"} } }"""
        );
        Assert.Equal(revision, answer.GetProperty("result").GetProperty("protocolVersion").GetString());
        conversation.Send("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        return conversation;
    }

    public void Send(string line) => SendBytes(Encoding.UTF8.GetBytes(line + "\n"));

    public void SendBytes(ReadOnlySpan<byte> bytes)
    {
        _toServer.Write(bytes);
        _toServer.Flush();
    }

    /// <summary>The next line of the server.</summary>
    public async Task<JsonElement> ReceiveAsync() =>
        JsonElement.Parse(await ReceiveLineAsync() ?? throw new EndOfStreamException());

    /// <summary>The next line of the server as it is; null when it has closed its output.</summary>
    public async Task<string?> ReceiveLineAsync() =>
        await _reader.ReadLineAsync(Cancelled).AsTask().WaitAsync(HangGuard, Cancelled);

    public async Task<JsonElement> AskAsync(string line)
    {
        Send(line);
        return await ReceiveAsync();
    }

    /// <summary>A request of 2026-07-28, which carries its revision itself.</summary>
    public Task<JsonElement> AskPerRequestAsync(int id, string method, string members = "") =>
        AskAsync(PerRequest(id, method, members));

    public static string PerRequest(int id, string method, string members = "") =>
        $$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{ {{members}}{{(members.Length > 0 ? "," : "")}}"_meta":{{PerRequestMeta}} } }""";

    public void CloseInput() => _toServer.Dispose();

    public Task EndedAsync() => Completion.WaitAsync(HangGuard, Cancelled);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        CloseInput();
        await Completion.WaitAsync(HangGuard, CancellationToken.None);
        _reader.Dispose();
        await _fromServer.DisposeAsync();
        _stop.Dispose();
        _server.Dispose();
    }

    private async Task RunAsync(StreamSession session, Stream input, Stream output, ILoggerFactory loggers)
    {
        await using (output)
            await session.RunAsync(_server, input, output, loggers, _stop.Token);
    }
}
