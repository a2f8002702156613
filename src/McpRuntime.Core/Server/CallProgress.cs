using System.Text.Json;
using System.Text.Json.Nodes;
using McpRuntime.Calls.Recording;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpRuntime.Server;

/// <summary>
/// Progress notifications of a call with several requests: pages, and the wait for the end of an operation. Only for a
/// client that sent a progress token with it.
/// </summary>
internal sealed class CallProgress : ICallObserver
{
    // As call tools have them, and with an underscore as tools that are called directly do.
    private static readonly string[] Long = ["max_items", "wait_seconds", "_max_items", "_wait_seconds"];

    private readonly McpServer _server;
    private readonly JsonNode _token;
    private readonly Lock _sending = new();
    private Task _sent = Task.CompletedTask;
    private int _requests;

    private CallProgress(McpServer server, JsonNode token) => (_server, _token) = (server, token);

    public bool WantsContent => false;

    /// <summary>The parameters ask for progress, and for more than one request.</summary>
    public static bool IsAskedFor(JsonElement parameters) =>
        TokenOf(parameters) is not null
        && parameters.TryGetProperty("arguments"u8, out var arguments)
        && arguments.ValueKind == JsonValueKind.Object
        && Long.Any(name => arguments.TryGetProperty(name, out _));

    /// <summary>Null where nobody asks for it.</summary>
    public static CallProgress? Of(McpServer server, JsonElement parameters) =>
        IsAskedFor(parameters) && TokenOf(parameters) is { } token
            ? new CallProgress(server, JsonNode.Parse(token.GetRawText())!)
            : null;

    public void Sending(SentRequest request) => Notify($"Request {_requests + 1}", ++_requests);

    public void Answered(SentRequest request, ReceivedResponse response) { }

    public void Waiting(CallWait wait) =>
        Notify(
            wait.Reason switch
            {
                CallWaitReason.Operation => "Waiting for the end of the operation",
                CallWaitReason.Retry => "Waiting for the next attempt",
                _ => "Waiting for a limit",
            },
            _requests + 0.5
        );

    /// <summary>All notifications are sent; one after the answer would belong to nothing.</summary>
    public Task EndAsync()
    {
        lock (_sending)
            return _sent;
    }

    private static JsonElement? TokenOf(JsonElement parameters) =>
        parameters.ValueKind == JsonValueKind.Object
        && parameters.TryGetProperty("_meta"u8, out var meta)
        && meta.ValueKind == JsonValueKind.Object
        && meta.TryGetProperty("progressToken"u8, out var token)
        && token.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? token
            : null;

    private void Notify(string message, double progress)
    {
        lock (_sending)
            _sent = SendAsync(_sent, message, progress);
    }

    private async Task SendAsync(Task before, string message, double progress)
    {
        await before;
        try
        {
            await _server.SendMessageAsync(
                new JsonRpcNotification
                {
                    Method = NotificationMethods.ProgressNotification,
                    Params = new JsonObject
                    {
                        ["progressToken"] = _token.DeepClone(),
                        ["progress"] = progress,
                        ["message"] = message,
                    },
                }
            );
        }
        catch (Exception)
        {
            // A client that is gone loses its progress only; the call finds out itself.
        }
    }
}
