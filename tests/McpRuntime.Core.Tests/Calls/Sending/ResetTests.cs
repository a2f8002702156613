using System.Net;
using System.Net.Sockets;
using System.Text;
using McpRuntime.Manifests;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Calls.Sending;

/// <summary>Connections that break before a request has arrived, and after the answer has.</summary>
public class ResetTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task After_a_complete_answer_it_is_not_a_fault(string method)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere a reset discards what has arrived.");
        await using var bench = new CallBench(
            RecordingUpstream.Start(
                async (_, connection, cancellationToken) =>
                {
                    await connection.SendAsync(UpstreamAnswer.Json("""{"done":true}"""), cancellationToken);
                    connection.Reset();
                }
            )
        );

        var answer = await bench.CallAsync(CallBench.Tool($"{method} /x"));

        Assert.False(answer.IsError, CallBench.AllText(answer));
        Assert.Contains("\"done\":true", CallBench.AllText(answer), StringComparison.Ordinal);
        Assert.Single(bench.Upstream.Requests);
    }

    [Fact]
    public async Task While_the_body_of_a_post_goes_out_it_is_sent_once_and_said()
    {
        await using var bench = CallBench.Start();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var (accepted, upstream) = Break(listener, readsHead: true);
        bench.Connector = bench.Connector with { BaseUrl = $"http://{listener.LocalEndpoint}" };
        var tool = CallBench.Tool("POST /x") with
        {
            Body = new BodyBinding { ContentType = "application/json", Argument = "body" },
        };

        var answer = await bench.CallAsync(tool, $$"""{"body":"{{new string('x', 8_000_000)}}"}""");

        Assert.True(answer.IsError);
        Assert.Contains(listener.LocalEndpoint.ToString()!, CallBench.AllText(answer), StringComparison.Ordinal);
        listener.Stop();
        await upstream;
        Assert.Equal(1, accepted());
    }

    [Fact]
    public async Task Before_anything_was_read_a_get_is_tried_again_and_then_said()
    {
        await using var bench = CallBench.Start();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var (accepted, upstream) = Break(listener, readsHead: false);
        bench.Connector = bench.Connector with { BaseUrl = $"http://{listener.LocalEndpoint}" };

        var answer = await bench.CallAsync(CallBench.Tool("GET /x"));

        Assert.True(answer.IsError);
        Assert.Contains("It was tried 3 times.", CallBench.AllText(answer), StringComparison.Ordinal);
        listener.Stop();
        await upstream;
        Assert.Equal(3, accepted());
    }

    // Accepts connections and breaks each: at once, or when the head of a request has come.
    private static (Func<int> Accepted, Task Upstream) Break(TcpListener listener, bool readsHead)
    {
        var accepted = 0;
        return (() => accepted, Task.Run(RunAsync, Cancelled));

        async Task RunAsync()
        {
            try
            {
                while (true)
                {
                    using var socket = await listener.AcceptSocketAsync(Cancelled);
                    accepted++;
                    if (readsHead)
                        await ReadHeadAsync(socket);
                    socket.LingerState = new LingerOption(enable: true, seconds: 0);
                }
            }
            catch (Exception exception)
                when (exception
                        is SocketException
                            or ObjectDisposedException
                            or OperationCanceledException
                            or InvalidOperationException
                )
            {
                // The test is over; a listener that was stopped between two calls is "not listening".
            }
        }
    }

    private static async Task ReadHeadAsync(Socket socket)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (
            !head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)
            && await socket.ReceiveAsync(one, Cancelled) > 0
        )
            head.Append((char)one[0]);
    }
}
