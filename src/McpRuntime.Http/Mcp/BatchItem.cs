using System.Threading.Channels;
using McpRuntime.Server;
using ModelContextProtocol.Protocol;

namespace McpRuntime.Http.Mcp;

/// <summary>
/// Where the messages about one request of a batch go: its reply to the others, everything else to the session's
/// stream.
/// </summary>
internal sealed class BatchItem(BatchReplies replies, ITransport session) : ITransport
{
    public string? SessionId => null;

    public ChannelReader<JsonRpcMessage> MessageReader => throw new NotSupportedException("A reply is only written.");

    public Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default) =>
        replies.TryAdd(message) ? Task.CompletedTask : session.SendMessageAsync(message, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
