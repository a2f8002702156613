using McpRuntime.Credentials.SignIns;
using McpRuntime.Http.Storage;
using McpRuntime.Http.Tests.Storage;
using McpRuntime.Testing;
using Microsoft.Extensions.DependencyInjection;
using static McpRuntime.Http.Tests.SignIns.TestSignIns;

namespace McpRuntime.Http.Tests.SignIns;

/// <summary>Sign-ins in the gateway's database.</summary>
public sealed class DatabaseSignInStoreTests(PostgresServer postgres) : IDisposable
{
    private readonly TemporaryFolder _home = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_holder_and_profile_has_its_own_also_after_a_restart(bool isPostgres)
    {
        var database = await DatabaseAsync(isPostgres);
        var keys = new[] { Key(null), Key("jwt:i|ann"), Key("jwt:i|bob"), Key("jwt:i|ann", profile: "work") };
        await using (var gateway = await StartAsync(_home, database))
        {
            foreach (var (i, key) in keys.Index())
            {
                using var signIn = SignIn($"token-{i}");
                await gateway.SignIns().ConnectAsync(key, signIn, [], Cancelled);
            }
        }

        await using var again = await StartAsync(_home, database);

        foreach (var (i, key) in keys.Index())
            Assert.Equal($"token-{i}", await again.TokenAsync(key));
        await again.SignIns().RemoveAsync(keys[1], Cancelled);
        Assert.Null(await again.TokenAsync(keys[1]));
        Assert.Equal("token-2", await again.TokenAsync(keys[2]));
        Assert.Equal("token-3", await again.TokenAsync(keys[3]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_row_that_was_copied_to_another_holder_cannot_be_decrypted(bool isPostgres)
    {
        await using var gateway = await StartAsync(_home, await DatabaseAsync(isPostgres));
        using var signIn = SignIn("token-of-ann");
        await gateway.SignIns().ConnectAsync(Key("jwt:i|ann"), signIn, [], Cancelled);
        var database = gateway.App.Services.GetRequiredService<Database>();

        foreach (var holder in new[] { "jwt:i|bob", "" })
        {
            await database.ExecuteAsync(
                "INSERT INTO gateway_sign_in (holder, connector, scheme, profile, content, updated) "
                    + "SELECT @holder, connector, scheme, profile, content, updated FROM gateway_sign_in "
                    + "WHERE holder = 'jwt:i|ann'",
                Cancelled,
                ("holder", holder)
            );
            var key = Key(holder.Length == 0 ? null : holder);
            var refused = await Assert.ThrowsAsync<SignInRequiredException>(() => gateway.TokenAsync(key));
            Assert.Equal(key, refused.Key);
        }
    }

    [Fact]
    public async Task The_database_holds_no_token_in_plain()
    {
        await using var gateway = await StartAsync(_home);
        using var signIn = SignIn("token-of-ann");
        await gateway.SignIns().ConnectAsync(Key("jwt:i|ann"), signIn, [], Cancelled);
        await gateway.StopAsync();

        var files = Directory.GetFiles(_home.PathOf("data", "gateway"), "gateway.db*");
        Assert.Contains(files, file => ReadText(file).Contains("jwt:i|ann", StringComparison.Ordinal));
        Assert.All(files, file => Assert.DoesNotContain("token-of-ann", ReadText(file)));
        Assert.DoesNotContain("token-of-ann", await gateway.EndAsync());
    }

    [Fact]
    public async Task Without_a_key_of_the_operator_nothing_is_kept()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var signIn = SignIn("token-of-ann");

        var refused = await Assert.ThrowsAsync<McpRuntimeException>(() =>
            gateway.SignIns().ConnectAsync(Key("jwt:i|ann"), signIn, [], Cancelled)
        );

        Assert.Contains("MCP_RUNTIME_KEY_RING_KEY_FILE", refused.Message);
    }

    [Fact]
    public async Task A_renewal_does_not_bring_back_what_was_removed_or_replaced()
    {
        await using var gateway = await StartAsync(_home);
        var key = Key("jwt:i|ann");
        using var first = SignIn("first");
        using var second = SignIn("second");
        await gateway.SignIns().ConnectAsync(key, first, [], Cancelled);
        await gateway.SignIns().ConnectAsync(key, second, [], Cancelled);

        await gateway.SignIns().WriteAsync(key, first, Cancelled);
        Assert.Equal("second", await gateway.TokenAsync(key));
        await gateway.SignIns().RemoveAsync(key, Cancelled);
        await gateway.SignIns().WriteAsync(key, second, Cancelled);

        Assert.Null(await gateway.TokenAsync(key));
    }

    private async Task<string?> DatabaseAsync(bool isPostgres) =>
        isPostgres ? await postgres.CreateDatabaseAsync() : null;

    private static string ReadText(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
