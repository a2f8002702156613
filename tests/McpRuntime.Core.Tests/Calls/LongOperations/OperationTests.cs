using System.Text;
using McpRuntime.Calls.Answers;
using McpRuntime.Json;
using McpRuntime.Manifests;
using McpRuntime.Testing;

namespace McpRuntime.Tests.Calls.LongOperations;

/// <summary>Operations that an API accepts with 202, or says are not done, and that a caller waits for.</summary>
public class OperationTests
{
    private const string Soon = "Retry-After: 0";

    private static readonly ToolManifest Export = CallBench.Tool("POST /exports");

    [Fact]
    public async Task Location_leads_to_the_result()
    {
        await using var bench = Start(request =>
            request.Method == "POST" ? Accepted("Location: /jobs/7")
            : Count(request) < 3 ? Accepted("Location: /jobs/7")
            : UpstreamAnswer.Json("""{"rows":3}""")
        );
        var answer = await bench.WaitAsync(Export, 60);
        Assert.Equal("""{"rows":3}""", answer.Structured!.ToString());
        Assert.Equal(["POST /exports", "GET /jobs/7", "GET /jobs/7", "GET /jobs/7"], Lines(bench));
    }

    [Theory]
    [InlineData("Operation-Location")]
    [InlineData("Azure-AsyncOperation")]
    public async Task A_state_says_the_end_and_the_result_is_where_location_is(string header)
    {
        await using var bench = Start(request =>
            request.Method == "POST" ? Accepted($"{header}: /states/7", "Location: /results/7")
            : request.Target == "/results/7" ? UpstreamAnswer.Json("""{"rows":3}""")
            : State(Count(request) < 2 ? "InProgress" : "Succeeded")
        );
        var answer = await bench.WaitAsync(Export, 60);
        Assert.Equal("""{"rows":3}""", answer.Structured!.ToString());
        Assert.Equal(["POST /exports", "GET /states/7", "GET /states/7", "GET /results/7"], Lines(bench));
    }

    [Fact]
    public async Task What_was_put_is_read_at_the_end()
    {
        await using var bench = Start(request =>
            request.Method == "PUT" ? new UpstreamAnswer(201, "{}"u8.ToArray(), "Azure-AsyncOperation: /states/7", Soon)
            : request.Target == "/states/7" ? State("Succeeded")
            : UpstreamAnswer.Json("""{"name":"made"}""")
        );
        var answer = await bench.WaitAsync(CallBench.Tool("PUT /things/1"), 60);
        Assert.Equal("""{"name":"made"}""", answer.Structured!.ToString());
        Assert.Equal(["PUT /things/1", "GET /states/7", "GET /things/1"], Lines(bench));
    }

    [Fact]
    public async Task Googles_operations_are_asked_for_by_their_name()
    {
        await using var bench = Start(request =>
            request.Method == "POST" || Count(request) < 2
                ? new UpstreamAnswer(
                    200,
                    """{"name":"operations/abc","done":false}"""u8.ToArray(),
                    "Content-Type: application/json",
                    Soon
                )
                : UpstreamAnswer.Json("""{"name":"operations/abc","done":true,"response":{"rows":3}}""")
        );
        var answer = await bench.WaitAsync(CallBench.Tool("POST /v1/exports"), 60);
        Assert.Contains("\"rows\":3", answer.Structured!.ToString(), StringComparison.Ordinal);
        Assert.Equal(["POST /v1/exports", "GET /v1/operations/abc", "GET /v1/operations/abc"], Lines(bench));
    }

    [Fact]
    public async Task A_failed_operation_is_an_error_with_its_words()
    {
        await using var bench = Start(request =>
            request.Method == "POST"
                ? Accepted("Operation-Location: /states/7")
                : UpstreamAnswer.Json("""{"status":"Failed","error":{"message":"disk full"}}""")
        );
        var answer = await bench.WaitAsync(Export, 60);
        Assert.True(answer.IsError);
        Assert.Contains("'Failed'", CallBench.AllText(answer), StringComparison.Ordinal);
        Assert.Contains("disk full", CallBench.AllText(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_that_does_not_fit_says_how_to_ask_again()
    {
        await using var bench = Start(_ => Accepted("Location: /jobs/a%20b", "Retry-After: 120"));
        bench.Connector = bench.Connector with { Tools = [GetJob] };
        var answer = await bench.WaitAsync(Export, 60, bench.Connector.Tools);
        Assert.False(answer.IsError);
        Assert.EndsWith(
            """call get_job with {"id":"a b"}. Do not repeat this call: it would start another one.""",
            CallBench.AllText(answer),
            StringComparison.Ordinal
        );
        Assert.Single(bench.Upstream.Requests);
    }

    [Fact]
    public async Task Without_a_wait_the_answer_says_how_to_ask()
    {
        await using var bench = Start(_ => Accepted("Location: /jobs/7"));
        var answer = await bench.WaitAsync(Export, seconds: null, [GetJob]);
        Assert.Contains("""call get_job with {"id":"7"}""", CallBench.AllText(answer), StringComparison.Ordinal);
        Assert.Single(bench.Upstream.Requests);
    }

    [Theory]
    [InlineData("https://elsewhere.test/jobs/7")]
    [InlineData("ftp://127.0.0.1/jobs")]
    public async Task Nothing_is_asked_at_another_origin(string location)
    {
        await using var bench = Start(_ => Accepted($"Location: {location}"));
        var answer = await bench.WaitAsync(Export, 60);
        Assert.Equal(202, answer.Status);
        Assert.Single(bench.Upstream.Requests);
    }

    [Fact]
    public async Task Trouble_on_the_way_is_passed_over_and_an_end_that_is_an_error_is_the_answer()
    {
        await using var bench = Start(request =>
            request.Method == "POST" ? Accepted("Location: /jobs/7")
            : Count(request) < 3 ? new UpstreamAnswer(503, [], Soon)
            : UpstreamAnswer.Json("""{"title":"gone"}""", 410)
        );
        var answer = await bench.WaitAsync(Export, 60);
        Assert.Equal((true, 410), (answer.IsError, answer.Status));
    }

    private static ToolManifest GetJob { get; } =
        CallBench.Tool("GET /jobs/{id}") with
        {
            Name = "get_job",
            Arguments = new Dictionary<string, ArgumentBinding>
            {
                ["id"] = new() { In = ArgumentLocation.Path, Name = "id" },
            },
            InputSchema = JsonText.Parse("""{"type":"object","properties":{"id":{"type":"string"}}}"""),
        };

    private static readonly AsyncLocal<Dictionary<string, int>> Seen = new();

    private static CallBench Start(Func<RecordedRequest, UpstreamAnswer> answer)
    {
        Seen.Value = [];
        return new(RecordingUpstream.Start(answer));
    }

    // How often a target was asked for, this time included.
    private static int Count(RecordedRequest request)
    {
        var seen = Seen.Value!;
        lock (seen)
            return seen[request.Target] = seen.GetValueOrDefault(request.Target) + 1;
    }

    private static UpstreamAnswer Accepted(params string[] headers) =>
        new(
            202,
            [],
            [
                .. headers,
                .. headers.Any(line => line.StartsWith("Retry-After", StringComparison.Ordinal))
                    ? (string[])[]
                    : [Soon],
            ]
        );

    private static UpstreamAnswer State(string status) =>
        new(200, Encoding.UTF8.GetBytes($$"""{"status":"{{status}}"}"""), "Content-Type: application/json", Soon);

    private static IEnumerable<string> Lines(CallBench bench) =>
        bench.Upstream.Requests.Select(request => $"{request.Method} {request.Target}");
}
