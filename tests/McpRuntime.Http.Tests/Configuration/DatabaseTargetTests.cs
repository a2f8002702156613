using McpRuntime.Http.Configuration;
using Npgsql;

namespace McpRuntime.Http.Tests.Configuration;

/// <summary>What the URL of a PostgreSQL server means for the driver.</summary>
public class DatabaseTargetTests
{
    [Fact]
    public async Task Parameters_keep_their_values_and_libpq_s_words_are_understood()
    {
        var connection = await OpenAsync("?sslmode=verify-full&Root%20Certificate=/etc/my-ca.pem&gssencmode=prefer");

        Assert.Equal(SslMode.VerifyFull, connection.SslMode);
        Assert.Equal("/etc/my-ca.pem", connection.RootCertificate);
        Assert.Equal(GssEncryptionMode.Prefer, connection.GssEncryptionMode);
    }

    [Fact]
    public async Task Kerberos_is_not_tried_unless_the_URL_asks_for_it()
    {
        var connection = await OpenAsync("");

        Assert.Equal(GssEncryptionMode.Disable, connection.GssEncryptionMode);
        Assert.Equal("db.example", connection.Host);
    }

    [Theory]
    [InlineData("?sslmode=sometimes")]
    [InlineData("?unheard=of")]
    public void An_unknown_parameter_or_word_is_not_a_target(string query) =>
        Assert.Null(DatabaseTarget.Postgres.TryParse($"postgres://db.example/state{query}"));

    private static async Task<NpgsqlConnectionStringBuilder> OpenAsync(string query)
    {
        var target = DatabaseTarget.Postgres.TryParse($"postgres://db.example/state{query}");
        Assert.NotNull(target);
        await using var source = target.Open();
        return new NpgsqlConnectionStringBuilder(source.ConnectionString);
    }
}
