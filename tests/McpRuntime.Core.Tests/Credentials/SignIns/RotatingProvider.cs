using System.Web;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Credentials.SignIns;

/// <summary>A token endpoint that takes each refresh token once: <c>refresh-N</c> gives <c>access-N+1</c>.</summary>
internal sealed class RotatingProvider : IAsyncDisposable
{
    private readonly RecordingUpstream _upstream;
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource? _held;
    private int _good;

    public RotatingProvider() =>
        _upstream = RecordingUpstream.Start(
            async (request, connection, cancellationToken) =>
                await connection.SendAsync(await AnswerAsync(request), cancellationToken)
        );

    public string Url => new Uri(_upstream.Url, "token").ToString();

    /// <summary>The refresh tokens that came, in their order.</summary>
    public List<string> Refreshes { get; } = [];

    public bool Refuses { get; set; }

    public string TokenType { get; set; } = "bearer";

    public bool IsDown { get; set; }

    /// <summary>Ends when a request has come.</summary>
    public Task Asked => _asked.Task;

    /// <summary>Requests wait until <see cref="Release"/>.</summary>
    public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _held?.SetResult();

    public ValueTask DisposeAsync() => _upstream.DisposeAsync();

    private async Task<UpstreamAnswer> AnswerAsync(RecordedRequest request)
    {
        var form = HttpUtility.ParseQueryString(request.BodyText);
        if (IsDown)
            return UpstreamAnswer.Json("""{"error":"temporarily_unavailable"}""", 503);
        var refresh = form["refresh_token"]!;
        lock (Refreshes)
            Refreshes.Add(refresh);
        _asked.TrySetResult();
        if (_held is { } held)
            await held.Task;
        if (Refuses || refresh != $"refresh-{_good}")
            return UpstreamAnswer.Json("""{"error":"invalid_grant","error_description":"used up"}""", 400);
        _good++;
        return UpstreamAnswer.Json(
            $$"""
            {"access_token":"access-{{_good}}","token_type":"{{TokenType}}","expires_in":3600,"refresh_token":"refresh-{{_good}}"}
            """
        );
    }
}
