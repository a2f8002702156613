using System.Security.Cryptography;
using McpRuntime.Http.KeyRings;
using McpRuntime.Http.Storage;
using McpRuntime.Http.Tests.Storage;
using McpRuntime.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace McpRuntime.Http.Tests.KeyRings;

/// <summary>The keys in the database, which the operator's key wraps.</summary>
public sealed class KeyRingTests(PostgresServer postgres) : IDisposable
{
    private readonly TemporaryFolder _home = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_protected_can_be_read_after_a_restart_and_for_the_same_purpose_only(bool isPostgres)
    {
        var database = await DatabaseAsync(isPostgres);
        string kept;
        await using (var first = await StartAsync(database, KeyFile("a")))
            kept = Ring(first).For("sign-in", "ann").Protect("a token");

        await using var second = await StartAsync(database, KeyFile("a"));

        Assert.Equal("a token", Ring(second).For("sign-in", "ann").Unprotect(kept));
        Assert.Throws<CryptographicException>(() => Ring(second).For("sign-in", "bob").Unprotect(kept));
        Assert.Throws<CryptographicException>(() => Ring(second).For("sign-in").Unprotect(kept));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Keys_are_in_the_database_only_wrapped(bool isPostgres)
    {
        await using var gateway = await StartAsync(await DatabaseAsync(isPostgres), KeyFile("a"));

        var element = Assert.Single(await RowsAsync(gateway));

        Assert.Contains("<wrapped by=", element);
        Assert.DoesNotContain("masterKey", element);
        Assert.DoesNotContain(Convert.ToBase64String(File.ReadAllBytes(KeyFile("a"))), element);
        Assert.DoesNotContain(File.ReadAllText(KeyFile("a")), element + await gateway.EndAsync());
    }

    [Fact]
    public async Task Replicas_that_start_together_have_one_key()
    {
        var database = await DatabaseAsync(isPostgres: true);
        var gateways = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => StartAsync(database, KeyFile("a"))));
        try
        {
            Assert.Single(await RowsAsync(gateways[0]));
            var kept = Ring(gateways[0]).For("p").Protect("text");
            Assert.All(gateways, gateway => Assert.Equal("text", Ring(gateway).For("p").Unprotect(kept)));
        }
        finally
        {
            foreach (var gateway in gateways)
                await gateway.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_new_key_takes_over_what_the_old_one_wrapped(bool isPostgres)
    {
        var database = await DatabaseAsync(isPostgres);
        string kept;
        await using (var old = await StartAsync(database, KeyFile("old")))
            kept = Ring(old).For("p").Protect("text");
        await using (var both = await StartAsync(database, KeyFile("new"), KeyFile("old")))
            Assert.Equal("text", Ring(both).For("p").Unprotect(kept));

        await using var only = await StartAsync(database, KeyFile("new"));

        Assert.Equal("text", Ring(only).For("p").Unprotect(kept));
    }

    [Fact]
    public async Task A_gateway_with_another_key_does_not_start_and_changes_nothing()
    {
        var database = await DatabaseAsync(isPostgres: false);
        string kept;
        await using (var first = await StartAsync(database, KeyFile("a")))
            kept = Ring(first).For("p").Protect("text");

        var refused = await Assert.ThrowsAsync<McpRuntimeException>(() => StartAsync(database, KeyFile("b")));

        Assert.Contains("MCP_RUNTIME_KEY_RING_OTHER_KEY_FILES", refused.Message);
        Assert.DoesNotContain(File.ReadAllText(KeyFile("b")), refused.ToString());
        await using var again = await StartAsync(database, KeyFile("a"));
        Assert.Equal("text", Ring(again).For("p").Unprotect(kept));
    }

    [Fact]
    public async Task Without_a_key_nothing_is_protected_and_the_error_says_what_to_set()
    {
        await using var gateway = await RunningGateway.StartAsync(home: _home);

        Assert.False(Ring(gateway).IsConfigured);
        Assert.Contains(
            "MCP_RUNTIME_KEY_RING_KEY_FILE",
            Assert.Throws<McpRuntimeException>(() => Ring(gateway).For("p")).Message
        );
        Assert.Empty(await RowsAsync(gateway));
        Assert.Null(gateway.App.Services.GetService<IDataProtectionProvider>());
    }

    private static KeyRing Ring(RunningGateway gateway) => gateway.App.Services.GetRequiredService<KeyRing>();

    private static Task<IReadOnlyList<string>> RowsAsync(RunningGateway gateway) =>
        gateway
            .App.Services.GetRequiredService<Database>()
            .QueryAsync("SELECT element FROM gateway_key", row => row.GetString(0), Cancelled);

    private string KeyFile(string name) =>
        File.Exists(_home.PathOf(name))
            ? _home.PathOf(name)
            : _home.Write(name, Convert.ToBase64String(RandomNumberGenerator.GetBytes(48)));

    private async Task<string?> DatabaseAsync(bool isPostgres) =>
        isPostgres ? await postgres.CreateDatabaseAsync() : null;

    private Task<RunningGateway> StartAsync(string? database, string key, string? other = null)
    {
        var variables = new List<(string, string)> { ("KEY_RING_KEY_FILE", key) };
        if (database is not null)
            variables.Add(("DATABASE_URL", database));
        if (other is not null)
            variables.Add(("KEY_RING_OTHER_KEY_FILES", other));
        return RunningGateway.StartAsync(variables, _home);
    }
}
