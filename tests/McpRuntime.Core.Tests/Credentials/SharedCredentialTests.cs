using System.Text;
using McpRuntime.Credentials;
using McpRuntime.Manifests;
using McpRuntime.Network;
using McpRuntime.Testing;
using McpRuntime.Tests.Calls;

namespace McpRuntime.Tests.Credentials;

/// <summary>Calls share what was read once, until it is no longer what its source would give.</summary>
public class SharedCredentialTests
{
    [Fact]
    public async Task Changed_variable_counts_at_once()
    {
        await using var bench = Configured(CallBench.Start());
        const string Variable = "MCP_RUNTIME_CREDENTIAL__API__S__TOKEN";
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__S__ORIGINS", bench.Upstream.Url.ToString());
        foreach (var token in (string[])["first", "second", new string('x', 2000)])
        {
            bench.Set(Variable, token);
            Assert.Equal(
                [$"Bearer {token}"],
                (await bench.SendAsync(CallBench.Tool("GET /x"))).Header("Authorization")
            );
        }
        bench.Unset(Variable);
        Assert.True((await bench.CallAsync(CallBench.Tool("GET /x"))).IsError);
    }

    [Fact]
    public async Task Changed_origins_count_at_once()
    {
        await using var bench = Configured(CallBench.Start());
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__S__TOKEN", "first");
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__S__ORIGINS", bench.Upstream.Url.ToString());
        await bench.SendAsync(CallBench.Tool("GET /x"));
        bench.Set("MCP_RUNTIME_CREDENTIAL__API__S__ORIGINS", "https://api.example");
        Assert.Contains(
            "not approved",
            CallBench.AllText(await bench.CallAsync(CallBench.Tool("GET /x"))),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Rotated_file_counts_at_once_and_goes_before_a_variable_that_is_behind()
    {
        await using var bench = Configured(CallBench.Start());
        bench.Folder.Write("MCP_RUNTIME_CREDENTIAL__API__S__ORIGINS", bench.Upstream.Url.ToString());
        foreach (var token in (string[])["first", "other", "third"])
        {
            bench.Folder.Write("MCP_RUNTIME_CREDENTIAL__API__S__TOKEN", token);
            Assert.Equal(
                [$"Bearer {token}"],
                (await bench.SendAsync(CallBench.Tool("GET /x"))).Header("Authorization")
            );
        }
        var settled = DateTime.UtcNow.AddMinutes(-1);
        File.SetLastWriteTimeUtc(bench.Folder.PathOf("MCP_RUNTIME_CREDENTIAL__API__S__TOKEN"), settled);
        File.SetLastWriteTimeUtc(bench.Folder.PathOf("MCP_RUNTIME_CREDENTIAL__API__S__ORIGINS"), settled);
        await bench.SendAsync(CallBench.Tool("GET /x"));
        bench.Folder.Write("MCP_RUNTIME_CREDENTIAL__API__S__TOKEN", "forth");
        Assert.Equal(["Bearer forth"], (await bench.SendAsync(CallBench.Tool("GET /x"))).Header("Authorization"));
        File.Delete(bench.Folder.PathOf("MCP_RUNTIME_CREDENTIAL__API__S__TOKEN"));
        Assert.True((await bench.CallAsync(CallBench.Tool("GET /x"))).IsError);
    }

    [Fact]
    public async Task Source_is_asked_once_a_minute()
    {
        var time = new ManualTime();
        var source = new OneToken();
        await using var bench = Configured(
            new CallBench(RecordingUpstream.Start(UpstreamAnswer.Json("{}")), time: time, source: source)
        );
        source.Origin = Origin.Of(bench.Upstream.Url);
        await bench.SendAsync(CallBench.Tool("GET /x"));
        time.Advance(TimeSpan.FromSeconds(59));
        await bench.SendAsync(CallBench.Tool("GET /y"));
        Assert.Equal(1, source.Asked);
        time.Advance(TimeSpan.FromSeconds(1));
        await bench.SendAsync(CallBench.Tool("GET /x"));
        Assert.Equal(2, source.Asked);
    }

    [Fact]
    public async Task Source_is_asked_again_after_the_api_refused_and_when_it_says_so()
    {
        var source = new OneToken();
        await using var bench = Configured(
            new CallBench(
                RecordingUpstream.Start(
                    UpstreamAnswer.Json("{}"),
                    UpstreamAnswer.Json("{}", 401),
                    UpstreamAnswer.Json("{}")
                ),
                source: source
            )
        );
        source.Origin = Origin.Of(bench.Upstream.Url);
        await bench.SendAsync(CallBench.Tool("GET /x"));
        Assert.True((await bench.CallAsync(CallBench.Tool("GET /x"))).IsError);
        Assert.Equal((1, 1), (source.Asked, source.Refusals));
        await bench.SendAsync(CallBench.Tool("GET /x"));
        Assert.Equal(2, source.Asked);
        source.IsOutdated = true;
        await bench.SendAsync(CallBench.Tool("GET /x"));
        Assert.Equal(3, source.Asked);
    }

    [Fact]
    public async Task Secret_is_cleared_when_it_was_replaced_and_the_last_call_with_it_has_ended()
    {
        var arrived = new TaskCompletionSource();
        var answered = new TaskCompletionSource();
        var source = new OneToken();
        await using (
            var bench = Configured(
                new CallBench(
                    RecordingUpstream.Start(
                        async (request, connection, cancellationToken) =>
                        {
                            if (request.Target == "/slow")
                            {
                                arrived.SetResult();
                                await answered.Task;
                            }
                            await connection.SendAsync(UpstreamAnswer.Json("{}"), cancellationToken);
                        }
                    ),
                    source: source
                )
            )
        )
        {
            source.Origin = Origin.Of(bench.Upstream.Url);
            var slow = bench.CallAsync(CallBench.Tool("GET /slow"));
            await arrived.Task.WaitAsync(ProcessRunner.HangGuard, CallBench.CancellationToken);
            source.IsOutdated = true;
            await bench.SendAsync(CallBench.Tool("GET /x"));
            Assert.False(IsCleared(source.Given[0]));
            answered.SetResult();
            Assert.False((await slow).IsError);
            Assert.True(IsCleared(source.Given[0]));
            Assert.False(IsCleared(source.Given[1]));
        }
        Assert.All(source.Given, secret => Assert.True(IsCleared(secret)));
    }

    [Fact]
    public async Task Many_calls_at_once_may_share_and_replace_them()
    {
        var source = new OneToken { IsOutdated = true };
        await using var bench = Configured(
            new CallBench(RecordingUpstream.Start(UpstreamAnswer.Json("{}")), source: source)
        );
        source.Origin = Origin.Of(bench.Upstream.Url);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => bench.SendAsync(CallBench.Tool("GET /x"))));
        Assert.All(bench.Upstream.Requests, request =>
            Assert.Equal(["Bearer token of the source"], request.Header("Authorization"))
        );
    }

    private static bool IsCleared(Secret secret) => !secret.RevealUtf8().ContainsAnyExcept((byte)0);

    private static CallBench Configured(CallBench bench)
    {
        bench.Connector = bench.Connector with
        {
            SecuritySchemes = new Dictionary<string, SecurityScheme> { ["s"] = new BearerScheme() },
            Security = [new SecurityRequirement(new Dictionary<string, IReadOnlyList<string>> { ["s"] = [] })],
        };
        return bench;
    }

    private sealed class OneToken : ICredentialSource
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<Secret> _given = new();

        public Origin? Origin { get; set; }

        public bool IsOutdated { get; set; }

        public int Asked => _given.Count;

        public int Refusals { get; private set; }

        public IReadOnlyList<Secret> Given => [.. _given];

        public string HowToSet(CredentialKey key, IReadOnlyList<CredentialField> fields) => "not at all";

        public ValueTask<Credential?> FindAsync(CredentialKey key, CancellationToken cancellationToken)
        {
            var token = Secret.FromUtf8(Encoding.UTF8.GetBytes("token of the source"));
            _given.Enqueue(token);
            return ValueTask.FromResult<Credential?>(
                new Credential("a test") { [CredentialField.Token] = token, Origins = [Origin!] }
            );
        }

        public bool IsCurrent(CredentialKey key, Credential? known) => !IsOutdated;

        public void Refused(CredentialKey key) => Refusals++;
    }
}
