using System.Web;

namespace McpRuntime.Testing;

/// <summary>A token endpoint that takes each refresh token once: <c>refresh-N</c> gives <c>access-N+1</c>.</summary>
public sealed class RotatingProvider : IAsyncDisposable
{
    private readonly RecordingUpstream _upstream;
    private readonly List<string> _refreshes = [];
    private readonly SemaphoreSlim _asked = new(0);
    private volatile TaskCompletionSource? _held;
    private int _good;

    public RotatingProvider() =>
        _upstream = RecordingUpstream.Start(
            async (request, connection, cancellationToken) =>
                await connection.SendAsync(await AnswerAsync(request), cancellationToken)
        );

    public string Url => new Uri(_upstream.Url, "token").ToString();

    /// <summary>Seconds that an access token lives.</summary>
    public int Lifetime { get; init; } = 3600;

    /// <summary>The refresh token before is taken once more, as providers with a reuse window do.</summary>
    public bool HasReuseWindow { get; init; }

    public bool Refuses { get; set; }

    public string TokenType { get; set; } = "bearer";

    public bool IsDown { get; set; }

    /// <summary>The refresh tokens that came, in their order.</summary>
    public IReadOnlyList<string> Refreshes
    {
        get
        {
            lock (_refreshes)
                return [.. _refreshes];
        }
    }

    /// <summary>The access token that an API takes now.</summary>
    public string Access => $"access-{Volatile.Read(ref _good)}";

    /// <summary>Released by each request.</summary>
    public SemaphoreSlim Asked => _asked;

    /// <summary>Answers wait until <see cref="Release"/>; the refresh token is used up at once.</summary>
    public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release()
    {
        _held?.TrySetResult();
        _held = null;
    }

    public async ValueTask DisposeAsync()
    {
        Release();
        await _upstream.DisposeAsync();
        _asked.Dispose();
    }

    private async Task<UpstreamAnswer> AnswerAsync(RecordedRequest request)
    {
        if (IsDown)
            return UpstreamAnswer.Json("""{"error":"temporarily_unavailable"}""", 503);
        var answer = Answer(HttpUtility.ParseQueryString(request.BodyText)["refresh_token"]!);
        _asked.Release();
        if (_held is { } held)
            await held.Task;
        return answer;
    }

    private UpstreamAnswer Answer(string refresh)
    {
        lock (_refreshes)
        {
            _refreshes.Add(refresh);
            if (Refuses || !(refresh == $"refresh-{_good}" || (HasReuseWindow && refresh == $"refresh-{_good - 1}")))
                return UpstreamAnswer.Json("""{"error":"invalid_grant","error_description":"used up"}""", 400);
            if (refresh == $"refresh-{_good}")
                _good++;
            return UpstreamAnswer.Json(
                $$"""
                {"access_token":"access-{{_good}}","token_type":"{{TokenType}}","expires_in":{{Lifetime}},
                 "refresh_token":"refresh-{{_good}}"}
                """
            );
        }
    }
}
