using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using McpRuntime.Calls.Answers;
using McpRuntime.Manifests;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Calls.Sending;

/// <summary>What goes wrong on the way is an answer that says what happened, where, and what to do.</summary>
public class FaultTests
{
    [Fact]
    public async Task Slow_headers_spend_the_budget()
    {
        await using var bench = new CallBench(
            RecordingUpstream.Start((_, _, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken))
        );
        var answer = await bench.CallAsync(Limited(0.2));
        Assert.Contains("did not answer within 0.2 s", Error(answer), StringComparison.Ordinal);
        Assert.Contains("limits.timeout_seconds of the tool 'tool'", Error(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slow_body_spends_it_too()
    {
        await using var bench = new CallBench(
            RecordingUpstream.Start(
                async (_, connection, cancellationToken) =>
                {
                    await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", cancellationToken);
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }
            )
        );
        bench.Connector = bench.Connector with { Limits = new CallLimits { TimeoutSeconds = 0.2 } };
        Assert.Contains(
            "of the connector 'api'",
            Error(await bench.CallAsync(CallBench.Tool("GET /x"))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Cancelling_aborts_the_request_and_is_thrown()
    {
        var arrived = new TaskCompletionSource();
        var gone = new TaskCompletionSource();
        await using var bench = new CallBench(
            RecordingUpstream.Start(
                async (_, connection, cancellationToken) =>
                {
                    arrived.SetResult();
                    Assert.Equal(0, await connection.Stream.ReadAsync(new byte[1], cancellationToken));
                    gone.SetResult();
                }
            )
        );
        using var cancellation = new CancellationTokenSource();
        var call = bench.CancellableAsync(CallBench.Tool("GET /x"), "{}", cancellation.Token);
        await arrived.Task.WaitAsync(ProcessRunner.HangGuard, CallBench.CancellationToken);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await gone.Task.WaitAsync(ProcessRunner.HangGuard, CallBench.CancellationToken);
    }

    [Fact]
    public async Task Concurrency_is_bounded_over_all_calls()
    {
        var (now, most) = (0, 0);
        await using var bench = new CallBench(
            RecordingUpstream.Start(
                async (_, connection, cancellationToken) =>
                {
                    var running = Interlocked.Increment(ref now);
                    InterlockedMax(ref most, running);
                    await Task.Yield();
                    Interlocked.Decrement(ref now);
                    await connection.SendAsync(UpstreamAnswer.Json("{}"), cancellationToken);
                }
            ),
            CallBench.Settings with
            {
                MaxConcurrentConnectors = 2,
            }
        );
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(_ => bench.CallAsync(CallBench.Tool("GET /x")))
        );
        Assert.All(answers, answer => Assert.False(answer.IsError));
        Assert.InRange(most, 1, 2);
        Assert.InRange(bench.Upstream.Connections, 1, 2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")]
    public async Task Reset_is_reported(string before)
    {
        await using var bench = new CallBench(
            RecordingUpstream.Start(
                async (_, connection, cancellationToken) =>
                {
                    await connection.SendAsync(before, cancellationToken);
                    connection.Reset();
                }
            )
        );
        Assert.Contains(
            bench.Upstream.Url.Authority,
            Error(await bench.CallAsync(CallBench.Tool("POST /x"))),
            StringComparison.Ordinal
        );
        Assert.Single(bench.Upstream.Requests);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "before its answer was complete")]
    [InlineData("nonsense\r\n\r\n", "an invalid HTTP")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", "decompressed")]
    public async Task Broken_answers_are_reported(string wire, string expected)
    {
        await using var bench = new CallBench(
            RecordingUpstream.Start(
                async (_, connection, cancellationToken) =>
                {
                    await connection.SendAsync(wire, cancellationToken);
                    connection.Close();
                }
            )
        );
        Assert.Contains(expected, Error(await bench.CallAsync(CallBench.Tool("GET /x"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refused_connection_is_reported()
    {
        await using var bench = CallBench.Start();
        var url = $"http://127.0.0.1:{FreePort.Take()}";
        bench.Connector = bench.Connector with { BaseUrl = url };
        Assert.Contains(
            $"{url} cannot be reached: the connection was refused",
            Error(await bench.CallAsync(CallBench.Tool("GET /x"))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Unknown_host_is_reported()
    {
        await using var bench = CallBench.Start();
        bench.Connector = bench.Connector with { BaseUrl = "https://no-such-host.invalid" };
        Assert.Contains(
            "has no address",
            Error(await bench.CallAsync(CallBench.Tool("GET /x"))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Untrusted_certificate_is_reported()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var signed = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));
        using var certificate = X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pkcs12), null);
        await using var bench = new CallBench(
            RecordingUpstream.Start(
                (_, connection, cancellationToken) =>
                    connection.SendAsync(UpstreamAnswer.Json("{}"), cancellationToken),
                certificate
            )
        );
        Assert.Contains(
            "No secure connection",
            Error(await bench.CallAsync(CallBench.Tool("GET /x"))),
            StringComparison.Ordinal
        );
        Assert.Empty(bench.Upstream.Requests);
    }

    [Fact]
    public async Task Private_address_is_refused_with_the_fix()
    {
        await using var bench = new CallBench(
            RecordingUpstream.Start(UpstreamAnswer.Json("{}")),
            CallBench.Settings with
            {
                AllowedNetworks = [],
            }
        );
        Assert.Contains(
            "MCP_RUNTIME_ALLOWED_NETWORKS",
            await bench.RefusedAsync(CallBench.Tool("GET /x")),
            StringComparison.Ordinal
        );
        await bench.Approvals.ApproveAsync("api", [], ["127.0.0.1"], CallBench.CancellationToken);
        await bench.SendAsync(CallBench.Tool("GET /x"));
    }

    [Theory]
    [InlineData("GET /a", 301, "GET /b HTTP/1.1")]
    [InlineData("HEAD /a", 308, "HEAD /b HTTP/1.1")]
    [InlineData("POST /a", 303, "GET /b HTTP/1.1")]
    public async Task Redirect_within_the_origin_is_followed(string endpoint, int status, string second)
    {
        await using var bench = CallBench.Start(UpstreamAnswer.Redirect("/b", status), UpstreamAnswer.Empty());
        var answer = await bench.CallAsync(CallBench.Tool(endpoint));
        Assert.False(answer.IsError);
        Assert.Equal(second, bench.Upstream.Requests[1].RequestLine);
    }

    [Theory]
    [InlineData("POST /a", 307)]
    [InlineData("DELETE /a", 302)]
    public async Task Redirect_of_a_writing_call_is_an_error(string endpoint, int status)
    {
        await using var bench = CallBench.Start(UpstreamAnswer.Redirect("/b", status), UpstreamAnswer.Empty());
        Assert.Contains(
            "redirects to",
            Error(await bench.CallAsync(CallBench.Tool(endpoint))),
            StringComparison.Ordinal
        );
        Assert.Single(bench.Upstream.Requests);
    }

    [Theory]
    [InlineData("https://evil.example/steal?x=1")]
    [InlineData("//evil.example/steal")]
    [InlineData("http://127.0.0.1:1/")]
    [InlineData("ftp://evil.example/")]
    public async Task Redirect_to_another_origin_is_refused(string location)
    {
        await using var bench = CallBench.Start(UpstreamAnswer.Redirect(location));
        Assert.Contains(
            "another origin",
            Error(await bench.CallAsync(CallBench.Tool("GET /a"))),
            StringComparison.Ordinal
        );
        Assert.Single(bench.Upstream.Requests);
    }

    [Fact]
    public async Task Redirect_loop_ends()
    {
        await using var bench = CallBench.Start(UpstreamAnswer.Redirect("/a"));
        Assert.Contains(
            "more than 5 times",
            Error(await bench.CallAsync(CallBench.Tool("GET /a"))),
            StringComparison.Ordinal
        );
        Assert.Equal(6, bench.Upstream.Requests.Count);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var known = Volatile.Read(ref target); value > known; )
        {
            var before = Interlocked.CompareExchange(ref target, value, known);
            if (before == known)
                return;
            known = before;
        }
    }

    private static ToolManifest Limited(double seconds) =>
        CallBench.Tool("GET /x") with
        {
            Limits = new CallLimits { TimeoutSeconds = seconds },
        };

    private static string Error(ToolAnswer answer)
    {
        Assert.True(answer.IsError);
        var text = CallBench.AllText(answer);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        return text;
    }
}
