using System.Text;
using McpRuntime.Http.Replicas;
using McpRuntime.Http.Storage;
using McpRuntime.Http.Tests.Storage;
using McpRuntime.Results;
using McpRuntime.Testing;
using Microsoft.Extensions.DependencyInjection;
using static McpRuntime.Http.Tests.Mcp.McpClientSide;

namespace McpRuntime.Http.Tests.Replicas;

/// <summary>A long answer of one replica is read on at another, by its caller alone.</summary>
public class ResultArchiveTests(PostgresServer postgres)
{
    private static readonly ArchivedResult Result = new(
        new string('a', 32),
        "token:1",
        "team",
        "shop",
        "get_item",
        "application/json",
        DateTimeOffset.UnixEpoch,
        Encoding.UTF8.GetBytes("""[{"a":"\u0000"}]""")
    );

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_long_answer_is_read_on_at_another_replica_by_its_caller()
    {
        var items = string.Join(',', Enumerable.Range(0, 500).Select(id => $$"""{"id":{{id}},"name":"lamp {{id}}"}"""));
        await using var upstream = Manifests.Upstream($"[{items}]");
        using var home = new TemporaryFolder();
        home.Write("connectors/shop.yaml", Manifests.Shop(upstream.Url));
        var url = await postgres.CreateDatabaseAsync();
        (string, string)[] settings =
        [
            Manifests.Loopback,
            ("DATABASE_URL", url),
            ("CONNECTORS_DIR", home.PathOf("connectors")),
            ("ANSWER_BUDGET", "1000"),
        ];
        await using var one = await RunningGateway.StartAsync(settings);
        await using var two = await RunningGateway.StartAsync(settings);
        await Eventually.IsAsync(2, () => Task.FromResult(one.App.Services.GetRequiredService<LiveReplicas>().Count));
        using var ada = await one.ClientAsync("user");
        using var bob = await one.ClientAsync("user");
        using var adaAtTwo = At(two, ada);
        using var bobAtTwo = At(two, bob);

        var called = (await ada.JsonAsync(Call("get_item", """{"id":7}"""))).GetProperty("result");
        var uri = called.GetProperty("content").EnumerateArray().Last().GetProperty("uri").GetString()!;
        var handle = uri[(uri.LastIndexOf('/') + 1)..];

        await Eventually.IsAsync(1, () => RowsAsync(one));
        Assert.StartsWith("There is no stored result", await ReadAsync(bobAtTwo, handle), StringComparison.Ordinal);
        Assert.Equal("""[{"id":499,"name":"lamp 499"}]""", await ReadAsync(adaAtTwo, handle));
        var read = await adaAtTwo.JsonAsync(Modern("resources/read", $""" "uri":"{uri}" """, uri));
        Assert.Equal(
            $"[{items}]",
            read.GetProperty("result").GetProperty("contents")[0].GetProperty("text").GetString()
        );
        Assert.StartsWith(
            "There is no stored result",
            await ReadAsync(adaAtTwo, new string('0', 32)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_is_in_the_database_opens_with_the_handle_alone()
    {
        var content = SealedResult.Seal(Result);
        var opened = SealedResult.Open(Result.Handle, content)!;

        Assert.Equal(Result with { Body = opened.Body }, opened);
        Assert.Equal(Result.Body.ToArray(), opened.Body.ToArray());
        Assert.DoesNotContain("shop", Encoding.Latin1.GetString(content));
        Assert.DoesNotContain(Result.Handle, SealedResult.NameOf(Result.Handle));
        Assert.Null(SealedResult.Open(new string('b', 32), content));
        content[^1] ^= 1;
        Assert.Null(SealedResult.Open(Result.Handle, content));
        Assert.Null(SealedResult.Open(Result.Handle, []));
    }

    private static HttpClient At(RunningGateway gateway, HttpClient client)
    {
        var there = new HttpClient { BaseAddress = gateway.Url };
        there.DefaultRequestHeaders.Authorization = client.DefaultRequestHeaders.Authorization;
        return there;
    }

    private static async Task<string> ReadAsync(HttpClient client, string handle) =>
        (await client.JsonAsync(Call("read_result", $$"""{"handle":"{{handle}}","from":499}"""))).Text();

    private static async Task<int> RowsAsync(RunningGateway gateway) =>
        (
            await gateway
                .App.Services.GetRequiredService<Database>()
                .QueryAsync("SELECT hash FROM gateway_result", row => row.GetString(0), Cancelled)
        ).Count;
}
